"""Habits that keep the project good, each as a test."""
