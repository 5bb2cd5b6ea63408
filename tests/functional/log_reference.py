#!/usr/bin/env python3
"""A report log, re-checked from the standards alone, with nothing of ours: RFC 6962 2.1 (tree), C2SP signed-note, tlog-checkpoint,
tlog-cosignature, tlog-proof and tlog-tiles. OpenSSL verifies Ed25519.

  report LOG.VKEY REPORT.jws [WITNESS.VKEY…]   its leaf is what its log proof proves; each witness cosigned
  log LOG.VKEY FOLDER                          the published entries and tiles lead to the signed root
  refusals LOG.VKEY REPORT.jws FOLDER          the proof with any one byte changed is refused; leaves FOLDER/CASE.proof of some cases
Exit status 1, and why, where that is not so."""
import base64, hashlib, json, os, re, subprocess, sys, tempfile
from pathlib import Path

WORK = tempfile.TemporaryDirectory(prefix='heyan-log-reference-')


class Refused(Exception):
    pass


def require(holds, why):
    if not holds:
        raise Refused(why)


def sha256(data):
    return hashlib.sha256(data).digest()


def decode(text, size=None):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, 'base64 that is spelled otherwise')
    require(size is None or len(data) == size, 'another length')
    return data


def number(text):
    require(re.fullmatch('0|[1-9][0-9]{0,18}', text), 'no number')
    return int(text)


# RFC 6962 2.1: the tree hash, and PATH(m, D[n]) read backwards.
def leaf_hash(entry):
    return sha256(b'\0' + entry)


def node_hash(left, right):
    return sha256(b'\1' + left + right)


def split(size):
    return 1 << (size - 1).bit_length() - 1


def tree_hash(hashes):
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return node_hash(tree_hash(hashes[:k]), tree_hash(hashes[k:]))


def root_from(leaf, index, size, path):
    require(index < size, 'the index is not below the size')
    if size == 1:
        require(not path, 'the path is too long')
        return leaf
    require(path, 'the path is too short')
    k = split(size)
    if index < k:
        return node_hash(root_from(leaf, index, k, path[:-1]), path[-1])
    return node_hash(path[-1], root_from(leaf, index - k, size - k, path[:-1]))


class Key:
    """A vkey: NAME+ID+base64(type || Ed25519 key)."""

    def __init__(self, file):
        self.name, self.id, key = Path(file).read_text().strip().split('+', 2)
        key = decode(key, 33)
        self.type, self.public = key[0], key[1:]
        require(sha256(self.name.encode() + b'\n' + key)[:4].hex() == self.id, 'the key id is another key\'s')

    def signed(self, text, signature):
        message = text.encode()
        if self.type == 4:
            message = f'cosignature/v1\ntime {int.from_bytes(signature[:8], "big")}\n'.encode() + message
            signature = signature[8:]
        require(len(signature) == 64, 'no Ed25519 signature')
        files = {'key': bytes.fromhex('302a300506032b6570032100') + self.public, 'message': message, 'signature': signature}
        for name, content in files.items():
            Path(WORK.name, name).write_bytes(content)
        return subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'key', '-rawin', '-in', 'message', '-sigfile',
                               'signature'], cwd=WORK.name, capture_output=True).returncode == 0


def open_checkpoint(note, log, witnesses=()):
    """Size and root, once the log and each of the witnesses have signed."""
    require(note.endswith('\n') and '\n\n' in note, 'no signed note')
    text, lines = note[:-1].rsplit('\n\n', 1)
    text += '\n'
    missing = [log, *witnesses]
    for line in lines.split('\n'):
        dash, name, payload = line.split(' ')
        require(dash == '\u2014', 'no signature line')
        payload = decode(payload)
        for key in missing:
            if (name, payload[:4].hex()) == (key.name, key.id):
                require(key.signed(text, payload[4:]), f'a signature of {name} does not hold')
                missing = [other for other in missing if other is not key]
    require(not missing, 'a signature is missing')
    origin, size, root = text[:-1].split('\n')
    require(origin == log.name, 'another log')
    return number(size), decode(root, 32)


def check_proof(proof, leaf, log, witnesses=()):
    """C2SP tlog-proof. The index."""
    head, checkpoint = proof.split('\n\n', 1)
    version, extra, index, *path = head.split('\n')
    require(version == 'c2sp.org/tlog-proof@v1', 'another version')
    require(extra == 'extra ' + base64.b64encode(leaf).decode(), 'the extra line is not the leaf')
    require(index.startswith('index '), 'no index')
    index = number(index[len('index '):])
    size, root = open_checkpoint(checkpoint, log, witnesses)
    require(root_from(leaf_hash(leaf), index, size, [decode(one, 32) for one in path]) == root, 'the path does not lead to the root')
    return index


def base64url(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


def read_report(file):
    """The proof, and the leaf that this report must have (docs/formats.md)."""
    report = json.loads(Path(file).read_text())
    proof = report['heyan-log-proof']
    extra = proof.split('\n')[1]
    require(extra.startswith('extra '), 'no leaf')
    leaf = decode(extra[len('extra '):])
    said = json.loads(leaf)
    require(said['type'] == 'report' and said['payload'] == sha256(base64url(report['payload'])).hex(), 'the leaf is of another report')
    return report, proof, leaf


def check_report(vkey, file, *witnesses):
    report, proof, leaf = read_report(file)
    log = Key(vkey)
    index = check_proof(proof, leaf, log, [Key(one) for one in witnesses])
    for signature in report['signatures']:
        place = json.loads(base64url(signature['protected']))['heyan-log']
        require((place['origin'], place['index']) == (log.name, index), 'the report names another place in a log')
    print(f'leaf {index} of {log.name}, cosigned by {len(witnesses)}')


def tile_name(kind, index, width):
    groups = []
    while True:
        groups.insert(0, f'x{index % 1000:03}' if groups else f'{index % 1000:03}')
        index //= 1000
        if index == 0:
            break
    return f"tile/{kind}/{'/'.join(groups)}" + (f'.p/{width}' if width < 256 else '')


def tiles(kind, count, folder):
    for index in range((count + 255) // 256):
        width = min(256, count - 256 * index)
        yield (Path(folder) / tile_name(kind, index, width)).read_bytes(), width


def entries_of(bundle, width):
    entries = []
    while bundle:
        size = int.from_bytes(bundle[:2], 'big')
        require(len(bundle) >= 2 + size, 'a bundle is cut short')
        entries.append(bundle[2:2 + size])
        bundle = bundle[2 + size:]
    require(len(entries) == width, 'a bundle has another number of entries')
    return entries


def check_log(vkey, folder):
    size, root = open_checkpoint((Path(folder) / 'checkpoint').read_text(), Key(vkey))
    hashes = [leaf_hash(entry) for bundle, width in tiles('entries', size, folder) for entry in entries_of(bundle, width)]
    require(tree_hash(hashes) == root, 'the entries do not lead to the root')
    level = 0
    while hashes:
        require(b''.join(tile for tile, _ in tiles(level, len(hashes), folder)) == b''.join(hashes), f'a tile of level {level} is another')
        hashes = [tree_hash(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level += 1
    print(f'{size} entries, {level} levels of tiles')


def is_refused(proof, leaf, log):
    try:
        check_proof(proof, leaf, log)
    except (Refused, ValueError):  # ValueError: it has not even the form
        return True
    return False


def check_refusals(vkey, file, folder):
    _, proof, leaf = read_report(file)
    log = Key(vkey)
    check_proof(proof, leaf, log)
    data = proof.encode()
    for i in range(len(data)):
        changed = (data[:i] + bytes([data[i] ^ 1]) + data[i + 1:]).decode(errors='replace')
        require(is_refused(changed, leaf, log), f'byte {i} is not looked at')
    for i in range(len(leaf)):
        require(is_refused(proof, leaf[:i] + bytes([leaf[i] ^ 1]) + leaf[i + 1:], log), f'byte {i} of the leaf is not looked at')

    def flip(text):
        raw = bytearray(decode(text))
        raw[-1] ^= 1
        return base64.b64encode(raw).decode()
    lines = proof.split('\n')
    blank = lines.index('')
    signature = next(i for i in range(blank + 5, len(lines)) if lines[i].split(' ')[1:2] == [log.name])
    signer = lines[signature].rsplit(' ', 1)[0] + ' '
    require(blank > 3, 'the proof has no path')
    cases = {
        'leaf': {1: 'extra ' + flip(lines[1][len('extra '):])},
        'index': {2: f"index {int(lines[2].split(' ')[1]) ^ 1}"},
        'index-beyond': {2: f'index {lines[blank + 2]}'},
        'path': {3: flip(lines[3])},
        'path-short': {3: None},
        'path-long': {3: lines[3] + '\n' + lines[3]},
        'origin': {blank + 1: lines[blank + 1] + 'x'},
        'size': {blank + 2: str(int(lines[blank + 2]) + 1)},
        'root': {blank + 3: flip(lines[blank + 3])},
        'signature': {signature: signer + flip(lines[signature].rsplit(' ', 1)[1])},
        'key-id': {signature: signer + base64.b64encode(bytes([0] * 4) + decode(lines[signature].rsplit(' ', 1)[1])[4:]).decode()},
        'unsigned': {signature: None},
    }
    for name, changes in cases.items():
        changed = '\n'.join(line for line in (changes.get(i, lines[i]) for i in range(len(lines))) if line is not None)
        require(changed != proof and is_refused(changed, leaf, log), f'{name} is not refused')
        Path(folder, name + '.proof').write_text(changed)
    print(f'{len(data)} + {len(leaf)} bytes changed, {len(cases)} cases')


COMMANDS = {'report': (check_report, 2), 'log': (check_log, 2), 'refusals': (check_refusals, 3)}
command, least = COMMANDS.get(sys.argv[1] if len(sys.argv) > 1 else '', (None, 0))
if command is None or len(sys.argv) - 2 < least:
    print(__doc__, file=sys.stderr)
    sys.exit(2)
try:
    command(*sys.argv[2:])
except (Refused, ValueError, OSError) as problem:
    print(f'REFUSED: {problem}')
    sys.exit(1)
