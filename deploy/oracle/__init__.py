"""The oracle of `reintegration verify`: reads databases and topics and names what is lost, doubled, out of order or
out of thin air (docs/adr/0007).

It imports nothing of `shared` or `services`, so that a mistake there cannot hide itself here; a test holds it.
"""

from deploy.oracle.errors import OracleError
from deploy.oracle.forged import Forged
from deploy.oracle.report import Anomaly, Report, Unseen
from deploy.oracle.verifying import verify

__all__ = ["Anomaly", "Forged", "OracleError", "Report", "Unseen", "verify"]
