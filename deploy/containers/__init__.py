"""What containers need beside the services: the one-shot jobs of docker-compose.yml, and the check of their health."""
