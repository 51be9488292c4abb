"""Language and embeddings by any endpoint that speaks OpenAI's protocol."""
