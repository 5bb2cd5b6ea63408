#!/usr/bin/env python3
"""large_store.py BIN STORE [ROUNDS]: what people wait for as the store grows. Two gateways, asked in turns: one over STORE (made by
BENCH_STORE=STORE bench_store, of a court 0192 among others; it is moved away and back, on one file system with TMPDIR, and keeps what is filed), one over
a store of ten thousand. Prints medians, and their ratios.

BIN: the folder of the programs. Without STORE one of BENCH_REPORTS reports is made (a million)."""
import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
SAMPLE = os.path.join(ROOT, "gateway/sample")
COURT = "0192"


class Gateway:
    """A clerk who is signed in at a gateway of its own."""

    def __init__(self, name, binaries, store, work):
        self.state = os.path.join(work, name)
        self.port = int(subprocess.run([os.path.join(ROOT, "tests/free_port"), "0", "1", "2", "1000"], check=True, capture_output=True,
                                       text=True).stdout)
        words = [os.path.join(binaries, "heyan"), "serve", "--state", self.state, "--port", str(self.port), "--sample", SAMPLE + "/trust"]
        subprocess.run(words + ["--prepare"], check=True, capture_output=True)
        os.makedirs(self.state + "/front", exist_ok=True)
        shutil.move(store, self.state + "/front/front.db")
        with sqlite3.connect(self.state + "/front/front.db") as database:
            self.cases = database.execute("SELECT count(*) FROM submissions WHERE court = ?", (COURT,)).fetchone()[0]
        database.close()
        # The vault was looked through lately: once a week that is done beside the serving.
        with open(self.state + "/front/vault.left", "w", encoding="ascii"):
            pass
        self.ids = []  # of what was filed here: what filled the store has no receipt that anybody signed
        self.context = ssl.create_default_context(cafile=self.state + "/front/tls/ca.cert.pem")
        self.connection = None
        self.headers = {}
        self.words = words
        self.started = self.start()
        self.sign_in()

    def start(self):
        began = time.monotonic()
        with open(self.state + ".log", "wb") as log:
            self.process = subprocess.Popen(self.words, stdout=log, stderr=log, env={
                **os.environ, "HEYAN_LIMITS_CHECKS_PER_MINUTE": "60000", "HEYAN_PEOPLE_REQUESTS_PER_SECOND": "10000"})
        while True:
            try:
                if self.ask("GET", "/healthz")[0] == 200:
                    break
            except OSError:
                self.connection = None
            if self.process.poll() is not None:
                with open(self.state + ".log", encoding="utf-8") as log:
                    sys.exit("a gateway did not start:\n" + log.read()[-2000:])
            time.sleep(0.1)
        return time.monotonic() - began

    def ask(self, method, path, body=None, headers=None):
        for _ in range(2):  # a connection that was idle may have been closed
            try:
                return self.ask_once(method, path, body, headers)
            except OSError:
                self.connection = None
        raise OSError("no answer")

    def ask_once(self, method, path, body, headers):
        if self.connection is None:
            self.connection = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=120)
        try:
            self.connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = self.connection.getresponse()
            got = answer.status, answer.read(), answer.headers
        except http.client.HTTPException as fault:
            raise OSError(str(fault)) from None
        if answer.headers.get("Connection") == "close":
            self.connection = None
        return got

    def sign_in(self):
        with open(self.state + "/demo/accounts.txt", encoding="utf-8") as accounts:
            password = next(line.split()[2] for line in accounts if line.startswith("clerk "))
        status, _, headers = self.ask("POST", "/v1/session", json.dumps({"account": "clerk", "password": password}),
                                      {"Origin": f"https://localhost:{self.port}", "Content-Type": "application/json"})
        if status != 200:
            sys.exit(f"no sign-in: {status}")
        self.headers = {"Cookie": headers["Set-Cookie"].split(";")[0]}

    def file_sample(self):
        """The sample case through the court's interface; seconds until it is taken, and the number of its report."""
        context = ssl.create_default_context(cafile=self.state + "/front/tls/ca.cert.pem")
        context.load_cert_chain(self.state + "/demo/court-system.cert.pem", self.state + "/demo/court-system.key.pem")
        connection = http.client.HTTPSConnection("localhost", self.port + 1, context=context, timeout=120)
        connection.connect()
        boundary = os.urandom(16).hex()
        parts = [("case", "application/json", "case.json")]
        for folder in ("files", "proofs"):
            for path, _, names in os.walk(os.path.join(SAMPLE, "case", folder)):
                for name in names:
                    relative = os.path.relpath(os.path.join(path, name), SAMPLE + "/case")
                    parts.append((relative, "application/octet-stream", relative))
        body = b""
        for name, kind, path in parts:
            with open(os.path.join(SAMPLE, "case", path), "rb") as file:
                body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{os.path.basename(path)}"\r\n'
                         f"Content-Type: {kind}\r\n\r\n").encode() + file.read() + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        began = time.monotonic()
        connection.request("POST", "/v1/submissions", body, {"Idempotency-Key": boundary, "Content-Type": f"multipart/form-data; boundary={boundary}"})
        answer = connection.getresponse()
        said = json.loads(answer.read())
        took = time.monotonic() - began
        if answer.status != 201:
            sys.exit(f"not taken: {answer.status} {said}")
        while True:
            connection.request("GET", f"/v1/submissions/{said['id']}", headers={"Prefer": "wait=20"})
            found = json.loads(connection.getresponse().read())
            if found["state"] == "DONE":
                self.ids.append(said["id"])
                return took, time.monotonic() - began, found["report"]["number"]

    def stop(self):
        self.connection = None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def timed(gateway, path):
    began = time.monotonic()
    status, body, _ = gateway.ask("GET", path)
    took = time.monotonic() - began
    if status != 200:
        sys.exit(f"{path}: {status} {body[:300]}")
    return took


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    binaries = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    work = tempfile.mkdtemp(dir=os.environ.get("TMPDIR"))
    gateways = []
    given = sys.argv[2] if len(sys.argv) > 2 else ""
    try:
        fill = [os.path.join(binaries, "bench_store")]
        stores = []
        for name, reports in (("small", "10000"), ("large", os.environ.get("BENCH_REPORTS", "1000000"))):
            store = os.path.join(work, name + ".db")
            if name == "large" and given:
                os.rename(given, store)
            else:
                subprocess.run(fill + [f"--benchmark_filter=^Fill/{reports}/"], check=True, capture_output=True,
                               env={**os.environ, "BENCH_STORE": store, "BENCH_REPORTS": reports})
            stores.append((name, store))
        gateways = [Gateway(name, binaries, store, work) for name, store in stores]
        small, large = gateways
        print(f"cases of the clerk's court: {small.cases} and {large.cases}; started in {small.started:.1f} s and {large.started:.1f} s")
        times = {}

        def measure(name, take, count):
            for _ in range(count):
                for gateway in gateways:
                    times.setdefault(name, {}).setdefault(gateway.port, []).append(take(gateway))

        numbers = {gateway.port: [] for gateway in gateways}
        reported = {gateway.port: [] for gateway in gateways}

        def file(gateway):
            took, until, number = gateway.file_sample()
            numbers[gateway.port].append(number)
            reported[gateway.port].append(until)
            return took

        measure("a case, until it is taken", file, max(10, rounds // 10))
        times["a case, until its report is there"] = reported
        measure("a submission by its id", lambda one: timed(one, "/v1/submissions/" + random.choice(one.ids)), rounds)
        measure("a report by its number", lambda one: timed(one, "/v1/reports/" + random.choice(numbers[one.port])), rounds)
        measure("a court's list", lambda one: timed(one, "/v1/submissions"), rounds)
        measure("attention first", lambda one: timed(one, "/v1/submissions?order=attention"), rounds)
        measure("searched by a name that few have", lambda one: timed(one, "/v1/submissions?q=NOBODY"), rounds)
        for name, by in times.items():
            first, second = (statistics.median(by[gateway.port]) for gateway in gateways)
            print(f"{name:36} {first * 1000:8.2f} ms {second * 1000:8.2f} ms   {second / first:.2f}")
    finally:
        for gateway in gateways:
            gateway.stop()
        for path in (os.path.join(work, "large.db"), os.path.join(work, "large/front/front.db")):
            if given and os.path.exists(path):
                os.rename(path, given)
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
