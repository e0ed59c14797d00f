"""What is seen on the screen: each widget shows state and posts messages, and knows no library."""
