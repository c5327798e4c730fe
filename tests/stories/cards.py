"""A real office at its screens: the city's certificate authorities, cards of clerks, the desk over TLS, and a browser.

SPDX-License-Identifier: Apache-2.0
"""
import html
import http.client
import os
import re
import signal
import ssl
import subprocess
import urllib.parse

GIVEN = "correct horse battery"  # by whoever looks after the staff: the holder changes it before anything else
PASSWORD = "a river behind the house"


class City:
    """Its authorities and what they sign."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "pki")
        os.mkdir(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def openssl(self, *words):
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def authority(self, name):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.crt",
                     "-subj", f"/CN={name}", "-days", "30", "-addext", "basicConstraints=critical,CA:TRUE")

    def signs(self, authority, name, purpose, days="30", alt=None):
        with open(self.path(f"{name}.ext"), "w", encoding="ascii") as f:
            f.write(f"basicConstraints=CA:FALSE\nextendedKeyUsage={purpose}\n" + (f"subjectAltName=DNS:{alt}\n" if alt else ""))
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.crt", "-CAkey", f"{authority}.key", "-CAcreateserial", "-out", f"{name}.crt",
                     "-days", days, "-extfile", f"{name}.ext")

    def card(self, name, authority="cards", **how):
        """As a browser holds it: a PKCS#12 file, opened again."""
        self.signs(authority, name, how.pop("purpose", "clientAuth"), **how)
        self.openssl("pkcs12", "-export", "-inkey", f"{name}.key", "-in", f"{name}.crt", "-out", f"{name}.p12", "-passout", "pass:pin")
        self.openssl("pkcs12", "-in", f"{name}.p12", "-passin", "pass:pin", "-nodes", "-out", f"{name}.card")


class Desk:
    def __init__(self, town, *words, operator="hanako", log=subprocess.PIPE):
        command = [town.sesshu, "ledger", "desk", "--port", "0", "--card-port", "0", "--data", town.data, "--as-of", town.today, "--operator", operator, *words]
        command += ["--store", town.server] if town.server else []
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        self.doors = self.process.stdout.readline().split()

    def said(self):
        return self.process.communicate(timeout=60)[1]

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        return self.said()


class Browser:
    """Follows from door to door, keeps what it is given, shows its card where it is asked for one.

    A door that it `keeps` stays open between two pages, as a real browser keeps it.
    """

    def __init__(self, desk, city, card=None, keeps=False):
        self.desk, self.held, self.page, self.at, self.open = desk, {}, None, None, {} if keeps else None
        self.tls = ssl.create_default_context(cafile=city.path("city.crt"))
        if card:
            self.tls.load_cert_chain(city.path(f"{card}.card"))

    def answer(self, place, *request):
        """Over a new line, or the one that is kept; where the desk has closed that, over a new one as a browser does it."""
        kept = self.open.get(place) if self.open else None
        line = kept or http.client.HTTPSConnection(place, timeout=30, context=self.tls)
        try:
            line.request(*request)
            answer = line.getresponse()
        except (ConnectionError, ssl.SSLEOFError, http.client.BadStatusLine):
            if not kept:
                raise
            kept.close()
            del self.open[place]
            return self.answer(place, *request)
        answer.text = answer.read().decode("utf-8")
        if self.open is None:
            line.close()
        else:
            self.open[place] = line
        return answer

    def ask(self, url, form=None, **headers):
        parts = urllib.parse.urlsplit(url)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.held.items())} if self.held else {}
        if form is not None:
            sent.update({"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})
        sent.update(headers)
        body = urllib.parse.urlencode(form) if form is not None else None
        answer = self.answer(parts.netloc, "POST" if body is not None else "GET", urllib.parse.urlunsplit(("", "", *parts[2:4], "")), body, sent)
        answer.words = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
        for given in answer.headers.get_all("Set-Cookie", []):
            name, value = given.split(";")[0].split("=")
            assert "Secure" in given and "HttpOnly" in given and "SameSite=Strict" in given, given
            self.held[name] = value
        self.at = url
        return answer

    def go(self, url):
        self.page = self.ask(url)
        while self.page.status == 303:
            self.page = self.ask(urllib.parse.urljoin(self.at, self.page.headers["Location"]))
        return self.page

    def send(self, path, **values):
        form = next(f for f in re.findall(r"<form\b.*?</form>", self.page.text, re.S) if f'action="{path}"' in f)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        answer = self.ask(urllib.parse.urljoin(self.at, path), {**hidden, **values})
        return self.go(urllib.parse.urljoin(self.at, answer.headers["Location"])) if answer.status == 303 else answer

    def sign_in(self, password=PASSWORD):
        self.go(self.desk.doors[0])
        return self.send("/signin", password=password, purpose="窓口対応")

    def sign_in_first(self, given, password):
        """With what somebody else chose, which is changed before anything else."""
        self.sign_in(given)
        self.go(self.desk.doors[0] + "password")
        return self.send("/password", password=given, fresh=password, again=password)
