"""Moving a desk from the files of its home into a PostgreSQL database that replicas share."""
