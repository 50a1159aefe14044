"""Ends with 0 when the collector in this container takes in and stores, with 1 when not."""

import http.client
import os
import sys

port = int(os.environ.get("TIJDENS_PORT") or 8000)
try:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    connection.request("GET", "/healthz/ready")
    sys.exit(connection.getresponse().status != 200)
except OSError:
    sys.exit(1)
