"""The drawing of the compiled graph: layers, order, places, paths, and the component that shows them."""
