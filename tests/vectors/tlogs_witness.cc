// Type witness-session-jsonl: gateway/witness, without HTTP.
#include <array>

#include "gateway/witness/witness.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/vectors/tlogs_case.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::vectors::tlogs {
namespace {

using core::json::Value;
using namespace transparency;

constexpr std::string_view kName = "witness.example/session";

struct Said {
  int status = 500;
  std::string body;
};

Said ask(witness::Witness& witness, const Value& step) {
  if (text_of(step, "method") != "GET") {
    const auto cosigned = witness.add_checkpoint(text_of(step, "request"));
    if (!cosigned) return {};
    if (cosigned->outcome == witness::Outcome::kOtherSize) {
      return {witness::status_of(cosigned->outcome), std::to_string(cosigned->size) + "\n"};
    }
    return {witness::status_of(cosigned->outcome), cosigned->lines};
  }
  const std::string path = text_of(step, "path");
  const std::size_t end = path.rfind('/');
  const auto note = witness.checkpoint(path.substr(1, end - 1));
  if (!note) return {};
  return *note ? Said{200, **note} : Said{404, {}};
}

// Signed by everybody who must have signed it.
bool is_signed(std::string_view note_bytes, std::span<const NoteVerifier> keys) {
  Checker checker;
  const auto note = parse_note(note_bytes);
  if (!note) return false;
  const auto signers = verify_note(*note, keys, checker);
  return signers && signers->size() == keys.size();
}

bool is_right(const Value& step, const Said& said, const NoteVerifier& log,
              const NoteVerifier& own) {
  // Where the standard leaves it open: "4xx".
  const auto status = number_of(step, "status");
  const bool refused = text_of(step, "status") == "4xx" && said.status / 100 == 4;
  if (!refused && status != static_cast<std::uint64_t>(said.status)) return false;
  if (step.find("response_body") != nullptr && said.body != text_of(step, "response_body")) {
    return false;
  }
  if (said.status != 200) return true;
  if (text_of(step, "method") == "GET") return is_signed(said.body, std::array{log, own});
  const std::string request = text_of(step, "request");
  const auto asked = parse_note(request.substr(request.find("\n\n") + 2));
  return asked && is_signed(asked->text + "\n" + said.body, std::array{own});
}

Found run_session(const Case& one) {
  const auto text = one.file("file");
  const auto steps = text ? json_lines(*text) : std::nullopt;
  const auto log = NoteVerifier::parse(one.text("log_vkey"));
  const os::TemporaryFolder folder;
  const auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  if (!steps || steps->empty() || !log || !key) return found("no input");
  const auto own = NoteVerifier::make(kName, NoteKeyType::kCosignature, key->public_key());
  auto memory = witness::Memory::create(folder / "witness.db");
  if (!own || !memory) return found("no memory");
  witness::Witness witness(std::string(kName), *key, {{.origin = log->name(), .keys = {*log}}},
                           **memory, [] { return std::uint64_t{1'790'000'000}; });
  for (const Value& step : *steps) {
    const Said said = ask(witness, step);
    if (!is_right(step, said, *log, *own)) {
      return found("step " + std::to_string(number_of(step, "step").value_or(0)),
                   text_of(step, "desc") + ": " + std::to_string(said.status));
    }
  }
  return found("per-step", std::to_string(steps->size()) + " steps");
}

constexpr std::array kTypes = {Type{"witness-session-jsonl", run_session}};

}  // namespace

std::span<const Type> witness_types() { return kTypes; }

}  // namespace heyan::vectors::tlogs
