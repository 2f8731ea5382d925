"""The explore: rows of a fact or dimension, filtered, sorted and downloaded."""
