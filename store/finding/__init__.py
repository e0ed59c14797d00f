"""The search language, and which links a query finds (pure): all that looks at values, and at no library."""
