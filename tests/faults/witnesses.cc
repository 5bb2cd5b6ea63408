#include "tests/faults/witnesses.h"

#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "verifier/crypto/digest.h"
#include "verifier/transparency/note.h"

namespace heyan::faults {
namespace {

using std::chrono::milliseconds;
using transparency::NoteVerifier;

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

NoteVerifier key_in(const std::filesystem::path& file) {
  std::string text = content(file);
  while (text.ends_with('\n')) text.pop_back();
  auto key = NoteVerifier::parse(text);
  if (!key) throw std::runtime_error("no key in " + file.string());
  return *std::move(key);
}

functional::Outcome run(std::vector<std::string> words) {
  return functional::run(
      {.arguments = std::move(words), .environment = {}, .folder = {}, .input = {}});
}

// Who of `keys` signed that checkpoint; the first of them must have.
struct Signed {
  transparency::Checkpoint checkpoint;
  std::vector<transparency::NoteSigner> signers;
};
std::optional<Signed> opened(const std::string& text, const std::vector<NoteVerifier>& keys) {
  const auto note = transparency::parse_note(text);
  if (!note) return std::nullopt;
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  auto signers = transparency::verify_note(*note, keys, checker);
  auto checkpoint = transparency::parse_checkpoint(note->text);
  if (!signers || !checkpoint) return std::nullopt;
  if (std::ranges::find(*signers, std::size_t{0}, &transparency::NoteSigner::key) == signers->end())
    return std::nullopt;
  return Signed{*std::move(checkpoint), *std::move(signers)};
}

}  // namespace

Witnesses::Witnesses(const std::filesystem::path& programs, const Gateway& gateway, int count)
    : programs_(programs),
      published_(gateway.state("log/checkpoint")),
      log_key_(key_in(gateway.state("keys/log.vkey"))) {
  const int port = free_ports(count);
  std::ofstream configuration(gateway.state("heyan.toml"), std::ios::app);
  for (int i = 0; i < count; ++i) {
    const std::string folder = folder_ / ("w" + std::to_string(i));
    const std::string address = "127.0.0.1:" + std::to_string(port + i);
    const functional::Outcome made = run({programs_ / "heyan", "witness", "new", folder, "--name",
                                          "w" + std::to_string(i) + ".example/witness", "--log",
                                          gateway.state("keys/log.vkey"), "--listen", address});
    if (made.status != 0) throw std::runtime_error("no witness: " + made.err);
    const std::string url = "http://" + address + "/";
    const NoteVerifier key = key_in(folder + "/witness.vkey");
    configuration << "\n[[witness]]\nvkey = \"" << key.encode() << "\"\nurl = \"" << url
                  << "\"\naddresses = [\"127.0.0.1\"]\nseconds = 3\n";
    witnesses_.push_back({.folder = folder, .url = url, .key = key});
    start(witnesses_.back());
  }
}

Witnesses::~Witnesses() {
  for (const Witness& one : witnesses_) {
    ::kill(one.pid, SIGKILL);
    ::waitpid(one.pid, nullptr, 0);
  }
}

std::string Witnesses::log_of(const Witness& witness, int start) const {
  return witness.folder + ".log" + std::to_string(start);
}

void Witnesses::start(Witness& witness) {
  ++witness.starts;
  witness.pid = start_program({programs_ / "heyan", "witness", "run", witness.folder},
                              log_of(witness, witness.starts));
}

void Witnesses::kill(std::size_t which) {
  Witness& witness = witnesses_.at(which);
  ::kill(witness.pid, SIGKILL);
  ::waitpid(witness.pid, nullptr, 0);
  start(witness);
}

// Of every line that is published the witness must know later on.
std::string Witnesses::read_published() {
  std::vector<NoteVerifier> keys = {log_key_};
  for (const Witness& one : witnesses_) keys.push_back(one.key);
  const std::string text = content(published_);
  if (text.empty()) return {};
  const auto found = opened(text, keys);
  if (!found) return "a line below the checkpoint does not hold:\n" + text;
  lines_ = found->signers.size() - 1;
  for (const transparency::NoteSigner& signer : found->signers) {
    if (signer.key == 0) continue;
    Witness& witness = witnesses_[signer.key - 1];
    witness.cosigned = std::max(witness.cosigned, found->checkpoint.size);
    ahead_.push_back(found->checkpoint);
  }
  return {};
}

std::string Witnesses::look_at(Witness& witness) {
  const std::string origin =
      core::to_hex(crypto::sha256(core::as_bytes(std::string_view(log_key_.name()))));
  const functional::Outcome answer =
      run({"curl", "--silent", "--noproxy", "*", "--max-time", "5", "--write-out", "\n%{http_code}",
           witness.url + origin + "/checkpoint"});
  if (answer.status != 0) return {};  // it is on its way
  std::string text = answer.out.substr(0, answer.out.rfind('\n'));
  const std::string status = answer.out.substr(text.size() + 1);
  if (status == "404" && witness.cosigned == 0) return {};
  const auto found = opened(text, {log_key_, witness.key});
  if (status != "200" || !found || found->signers.size() != 2) {
    return witness.url + " shows no checkpoint that it cosigned: " + status + " " + text;
  }
  if (found->checkpoint.size < witness.cosigned) {
    return witness.url + " forgot that it cosigned " + std::to_string(witness.cosigned);
  }
  witness.cosigned = found->checkpoint.size;
  ahead_.push_back(found->checkpoint);
  return {};
}

// What is cosigned before it is published waits until the copy has come as far.
std::string Witnesses::compare(const LogCopy& log) {
  std::string wrong;
  std::erase_if(ahead_, [&](const transparency::Checkpoint& one) {
    const auto [known, is_new] = cosigned_.emplace(one.size, one.root);
    if (known->second != one.root) wrong = "two trees of one size were cosigned";
    if (one.size > log.size()) return false;
    const auto root = transparency::root(one.size, log);
    if (!root || *root != one.root) wrong = "a tree was cosigned that the log never was";
    return true;
  });
  return wrong;
}

std::string Witnesses::follow(const LogCopy& log) {
  if (std::string wrong = read_published(); !wrong.empty()) return wrong;
  for (Witness& one : witnesses_) {
    if (std::string wrong = look_at(one); !wrong.empty()) return wrong;
  }
  return compare(log);
}

// What they themselves found wrong with the log.
std::string Witnesses::complaints() const {
  for (const Witness& one : witnesses_) {
    for (int i = 1; i <= one.starts; ++i) {
      const std::string said = content(log_of(one, i));
      for (const char* event : {"log_forked", "inconsistent", "failed"}) {
        if (said.contains(std::string("\"witness.") + event)) return one.url + " says: " + said;
      }
    }
  }
  return {};
}

std::string Witnesses::settle(LogCopy& log) {
  constexpr auto kLongest = std::chrono::minutes(3);
  const auto until = std::chrono::steady_clock::now() + kLongest;
  const auto all_there = [&] {
    return lines_ == witnesses_.size() && ahead_.empty() &&
           std::ranges::all_of(witnesses_,
                               [&](const Witness& one) { return one.cosigned == log.size(); });
  };
  while (true) {
    if (std::string wrong = log.follow(); !wrong.empty()) return "the log: " + wrong;
    if (std::string wrong = follow(log); !wrong.empty()) return wrong;
    if (all_there()) return complaints();
    if (std::chrono::steady_clock::now() > until) return "not all witnesses cosign in the end";
    std::this_thread::sleep_for(milliseconds(500));
  }
}

std::string Witnesses::summary() const {
  std::string text = std::to_string(cosigned_.size()) + " cosigned checkpoints seen; witnesses:";
  for (const Witness& one : witnesses_) {
    text += " " + std::to_string(one.starts) + " starts to " + std::to_string(one.cosigned);
  }
  return text;
}

}  // namespace heyan::faults
