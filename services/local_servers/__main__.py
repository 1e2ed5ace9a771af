"""Runs a PostgreSQL and a Kafka node in the foreground, or only fetches what Kafka needs."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from pathlib import Path

from services.local_servers import CACHE, LocalKafka, LocalPostgres, kafka_jars


def main() -> None:
    """Run both servers in the foreground until interrupted, or only fetch what they need."""
    options = argparse.ArgumentParser(prog="python -m services.local_servers", description=main.__doc__)
    options.add_argument(
        "--cache", type=Path, default=Path(os.environ.get("JIUZHU_CACHE") or CACHE), help="where the jars are"
    )
    options.add_argument("--fetch", action="store_true", help="fetch the Kafka jars and leave")
    chosen = options.parse_args()
    if chosen.fetch:
        print(f"{len(kafka_jars(chosen.cache))} jars of Kafka are at hand")
        return
    leave = threading.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, lambda *_: leave.set())
    with LocalPostgres() as postgres, LocalKafka(cache=chosen.cache) as kafka:
        print(f"PostgreSQL  {postgres.url()}\nKafka       {kafka.bootstrap}\nCtrl-C ends both", flush=True)
        leave.wait()


if __name__ == "__main__":
    main()
