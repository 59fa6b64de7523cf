"""The pages of the app, made from words and facts. Pure: a screen shows them, `visit` says which comes after which."""
