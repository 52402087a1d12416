"""Tests of the library, a module for each of its own."""
