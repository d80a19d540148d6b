"""What was signed and issued, kept with its period: once there, it stays as it was."""
