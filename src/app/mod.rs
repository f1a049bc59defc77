//! Wiring: configuration, workers, lifecycle, the demo.
