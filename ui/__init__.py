"""Show the assistant in a browser; with app.py, the only place that knows Streamlit."""
