"""Notifications' wiring."""

from pathlib import Path

from services.notifications.api import ROUTER
from services.notifications.handlers import HANDLERS
from services.notifications.sender import Sender
from services.notifications.storage import KINDS
from shared.events.confirming import ConfirmedByNotifications
from shared.events.notifications import MessageDelivered, MessageFailed
from shared.service import Service

SERVICE = Service(
    name="notifications",
    folder=Path(__file__).parent,
    handlers=HANDLERS,
    kinds=KINDS,
    emits=(MessageDelivered, MessageFailed, ConfirmedByNotifications),
    router=ROUTER,
    loops=lambda running: (Sender(running),),
)
