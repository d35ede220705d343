"""What is in the image of a container, as its name or its Dockerfile says."""
