// Types note-open, notes-separated, checkpoint-pairs-jsonl, equivocation and policy-parse:
// verifier/transparency.
#include <algorithm>
#include <array>

#include "tests/vectors/tlogs_case.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"
#include "verifier/transparency/policy.h"

namespace heyan::vectors::tlogs {
namespace {

using core::json::Value;
using namespace transparency;

constexpr std::string_view kUnsupportedKey = "a key of a signature type that is not supported yet";

Found skipped(std::string_view why) { return {.got = {}, .why = {}, .skipped = std::string(why)}; }

struct Keys {
  std::vector<NoteVerifier> known;
  bool unsupported = false;
  bool malformed = false;
};

Keys read_keys(const std::vector<std::string>& vkeys) {
  Keys keys;
  for (const std::string& vkey : vkeys) {
    auto key = NoteVerifier::parse(vkey);
    if (key) {
      keys.known.push_back(*std::move(key));
    } else if (key.error().code == core::ErrorCode::kUnsupported) {
      keys.unsupported = true;
    } else {
      keys.malformed = true;
    }
  }
  return keys;
}

// Every key that the case names must have signed: "9 signatures verify".
bool is_signed_by_all(std::string_view bytes, const std::vector<NoteVerifier>& known) {
  Checker checker;
  const auto note = parse_note(bytes);
  const auto signers =
      note ? verify_note(*note, known, checker) : std::unexpected(NoteFault::kUnsigned);
  return signers && signers->size() == known.size() && !checker.disagreed();
}

Found run_note(const Case& one) {
  const Keys keys = read_keys(one.texts("vkeys"));
  if (keys.unsupported) return skipped(kUnsupportedKey);
  const auto text = one.file("file");
  if (!text || keys.malformed || keys.known.empty()) return found("no input");
  return found(is_signed_by_all(*text, keys.known) ? "accept" : "reject");
}

Found run_notes(const Case& one) {
  constexpr std::string_view kSeparator = "=====\n";
  const Keys keys = read_keys(one.texts("vkeys"));
  if (keys.unsupported) return skipped(kUnsupportedKey);
  const auto text = one.file("file");
  if (!text || keys.malformed || keys.known.empty()) return found("no input");
  std::string_view rest = *text;
  std::size_t notes = 0;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(kSeparator), rest.size());
    std::string_view note = rest.substr(0, end);
    rest.remove_prefix(std::min(end + kSeparator.size(), rest.size()));
    while (note.ends_with("\n\n")) note.remove_suffix(1);  // before the separator
    if (note.empty() || note == "\n") continue;
    if (!is_signed_by_all(note, keys.known)) return found("reject", std::to_string(notes));
    ++notes;
  }
  return notes > 0 ? found("accept", std::to_string(notes) + " notes") : found("no input");
}

std::optional<Checkpoint> opened(const std::string& bytes, std::span<const NoteVerifier> known,
                                 const std::string& origin, Checker& checker) {
  const auto note = parse_note(bytes);
  if (!note) return std::nullopt;
  const auto signers = verify_note(*note, known, checker);
  const auto checkpoint = parse_checkpoint(note->text);
  if (!signers || signers->front().key != 0 || !checkpoint || checkpoint->origin != origin)
    return std::nullopt;
  return *checkpoint;
}

std::optional<std::string> pair_fault(const Case& one, const Value& line) {
  Checker checker;
  const auto text = one.file("policy");
  const auto policy =
      text ? LogPolicy::parse(*text, PolicyForm::kC2sp) : std::unexpected(LogPolicy::Fault{});
  if (!policy || policy->logs().empty()) return "no policy";
  const PolicyLog& log = policy->logs().front();
  const std::string origin = one.text("origin").empty() ? log.name : one.text("origin");
  const std::vector<NoteVerifier> known = {
      *NoteVerifier::make(log.name, NoteKeyType::kEd25519, log.key)};
  const auto before = opened(text_of(line, "old"), known, origin, checker);
  const auto after = opened(text_of(line, "new"), known, origin, checker);
  const auto proof = hashes_of(line, "proof");
  const bool consistent =
      before && after && proof &&
      verify_consistency(before->size, before->root, after->size, after->root, *proof, checker);
  const std::string got = consistent ? "consistent" : "reject";
  return got == text_of(line, "expect") ? std::nullopt : std::optional(got);
}

Found run_pairs(const Case& one) { return all_lines(one, "per-line", pair_fault); }

// Both signed by the log, of one size and two roots: evidence against it.
Found run_equivocation(const Case& one) {
  Checker checker;
  const Keys keys = read_keys({one.text("vkey")});
  const auto a = one.file("a");
  const auto b = one.file("b");
  if (!a || !b || keys.known.empty()) return found("no input");
  const std::string& origin = keys.known.front().name();
  const auto first = opened(*a, keys.known, origin, checker);
  const auto second = opened(*b, keys.known, origin, checker);
  if (!first || !second) return found("unsigned");
  const bool two_faces = first->size == second->size && first->root != second->root;
  return found(two_faces ? "equivocation" : "no conflict");
}

Found run_policy(const Case& one) {
  const auto text = one.file("policy");
  if (!text) return found("no input");
  const bool sigsum = one.text("format") == "sigsum";
  const auto policy = LogPolicy::parse(*text, sigsum ? PolicyForm::kSigsum : PolicyForm::kC2sp);
  if (policy) return found("accept");
  if (policy.error().unsupported) return skipped(kUnsupportedKey);
  return found("reject",
               "line " + std::to_string(policy.error().line) + ": " + policy.error().what);
}

constexpr std::array kTypes = {Type{"note-open", run_note}, Type{"notes-separated", run_notes},
                               Type{"checkpoint-pairs-jsonl", run_pairs},
                               Type{"equivocation", run_equivocation},
                               Type{"policy-parse", run_policy}};

}  // namespace

std::span<const Type> note_types() { return kTypes; }

}  // namespace heyan::vectors::tlogs
