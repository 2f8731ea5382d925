"""Revenue: its tiles, its charts, and the rows behind them."""
