"""How the schema came to be: one file a version in `versions/`, appended and never edited."""
