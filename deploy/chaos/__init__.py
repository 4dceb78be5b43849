"""`reintegration chaos`: the real system under steady load, hurt on purpose, and judged by what it had acknowledged."""
