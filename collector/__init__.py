"""Tijdens: the collector takes in what citizens say, keeps it safe, and streams it to those who decide."""

__version__ = "0.1.0"
WIDGET_VERSION = "1.3.0"
