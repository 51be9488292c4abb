"""What the desk needs from the world, as Protocols; adapters/ holds what fulfils them."""
