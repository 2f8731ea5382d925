"""Rules over the metrics: what stands out is said once, and again while it stands."""
