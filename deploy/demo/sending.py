"""What offices send in the demo: the catalogue, the centres' forms, agencies' vacancies, providers' completions."""

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import Final

from deploy.client import Actor
from deploy.demo.inputs import InputFile, corrected, fill_in_sheets
from deploy.demo.journal import ALL, Registered, Sent
from deploy.demo.world import Sheets, World
from deploy.submit import Told, submit
from deploy.terminal import Failure
from shared import referral_codes

REGISTERED: Final = "registered"
OPENED: Final = "vacancies opened"
COMPLETED: Final = "completion recorded"
LEARNT: Final = "skills recognised by a course"
WAITING: Final = "completion waits for its referral"


def offer_courses(world: World) -> None:
    """The catalogue goes to training, which keeps the seats, and to intake, which refers people."""
    courses = [
        {**asdict(course), "provider": provider.provider, "province": provider.province}
        for provider in world.inputs.providers
        for course in provider.courses
    ]
    answer = world.operator().post("training", "/courses", {"courses": courses})
    if refused := [row for row in answer["rows"] if row["status"] == "refused"]:
        raise Failure(f"Training refused {len(refused)} courses of the catalogue: {refused[0]['faults'][0]['fix']}")
    world.operator().post("intake", "/offers", {"offers": courses})


def send_files(world: World) -> None:
    """Three centres send their forms, one of them twice, and two agencies their vacancies."""
    senders: dict[str, list[InputFile]] = {}
    for file in world.inputs.files:
        senders.setdefault(file.sender if file.kind == "intake" else file.path.name, []).append(file)
    world.all_at_once(lambda files: [send(world, file) for file in files], senders.values())


def send_corrected(world: World) -> Sent:
    """A clerk corrects the report on the first centre's file, and sends it again."""
    first = next(sent for sent in world.journal.sent if sent.file.kind == "intake" and sent.submission.report)
    report = Path(first.submission.report or "")
    target = world.folder / f"{first.file.path.stem}-corrected.csv"
    return send(world, corrected(report, first.file, target))


def send(world: World, file: InputFile) -> Sent:
    """Submit one file as its sender, with the report in the demo's folder."""
    told: list[Told] = []
    report = world.folder / f"{file.path.name}.report.csv"
    submission = submit(_sender(world, file), file.kind, file.path, report=report, heard=told.append)
    sent = Sent(file, submission, tuple(told))
    world.journal.sent.append(sent)
    return sent


def _sender(world: World, file: InputFile) -> Actor:
    if file.kind == "intake":
        return world.at(file.sender, "centre-lead")
    if file.kind == "completions":
        return world.client.acting(file.sender, "training-provider", provider=file.sender)
    return world.client.acting(file.sender, "employment-officer")


def note_files(world: World) -> None:
    """Note who was registered, and what the files planned and the services answered."""
    journal = world.journal
    for sent in journal.sent:
        taken = [told for told in sent.told if told.status == "accepted"]
        if sent.file.kind == "intake":
            journal.plan(REGISTERED, sent.file.sender, sent.file.accepted)
            for told in taken:
                person = told.ids["person"]
                purposes = told.row.fields.get("consent", "")
                journal.persons[person] = Registered(person, told.ids["case"], sent.file.sender, purposes)
                journal.note(REGISTERED, sent.file.sender)
        if sent.file.kind == "vacancies":
            journal.plan(OPENED, ALL, sent.file.accepted)
            journal.note(OPENED, ALL, len(taken))


def sheets(world: World) -> Sheets:
    """Each provider's sheet, as it downloads it."""

    def sheet(provider: str) -> list[dict[str, str]]:
        actor = world.client.acting(provider, "training-provider", provider=provider)
        return list(csv.DictReader(io.StringIO(actor.text("intake", f"/providers/{provider}/sheet"))))

    names = [provider.provider for provider in world.inputs.providers]
    return dict(zip(names, world.all_at_once(sheet, names), strict=True))


def send_completions(world: World, given: Sheets, completions: int) -> None:
    """Providers fill in their sheets and send them, each in its own sort of file."""
    journal = world.journal
    files = fill_in_sheets(world.folder, given, world.inputs.skills, world.seed, world.today, completions)
    senders: dict[str, list[InputFile]] = {}
    for file in files:
        senders.setdefault(file.sender, []).append(file)
        journal.plan(COMPLETED, ALL, file.accepted)
        journal.plan(LEARNT, ALL, file.accepted - file.not_passed)
        journal.plan(WAITING, ALL, file.waiting)
    for own in world.all_at_once(lambda own: [send(world, file) for file in own], senders.values()):
        for told in (told for sent in own for told in sent.told):
            if told.status == "accepted":
                journal.coded.append((COMPLETED, referral_codes.check(told.row.fields["code"])))
            elif told.status == "waiting":
                journal.note(WAITING, ALL)
