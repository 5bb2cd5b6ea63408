// Types tlog-proof and sigsum-proof: verifier/ledgers/tlog and sigsum, under a trust list that
// names the policy of the case.
#include <array>

#include "tests/vectors/tlogs_judging.h"
#include "verifier/ledgers/sigsum/attest.h"
#include "verifier/ledgers/tlog/attest.h"
#include "verifier/ledgers/tlog/record.h"
#include "verifier/transparency/policy.h"

namespace heyan::vectors::tlogs {
namespace {

using transparency::LogPolicy;
using transparency::PolicyForm;

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// `operator_alone`: a policy that asks for no witness is enough.
std::string head_of_list(std::string_view format, bool operator_alone = false) {
  std::string list =
      "[list]\nid = \"vectors\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2036-01-01T00:00:00Z\n";
  if (operator_alone) {
    list +=
        "[[institution]]\nid = \"operator\"\nkind = \"platform\"\n"
        "[[quorum]]\nid = \"alone\"\nat_least = 1\nof = [\"operator\"]\n";
  }
  list += "[[ledger]]\nid = \"log\"\nformat = \"" + std::string(format) +
          "\"\nname = { zh = \"日志\", en = \"Log\" }\n";
  if (operator_alone) list += "quorum = \"alone\"\n";
  return list + "[ledger." + std::string(format) + "]\npolicy = \"policy\"\n";
}

// Set where the policy has keys that we cannot verify signatures of.
std::optional<Found> unsupported(const std::string& policy, PolicyForm form) {
  const auto parsed = LogPolicy::parse(policy, form);
  if (parsed || !parsed.error().unsupported) return std::nullopt;
  return Found{
      .got = {}, .why = {}, .skipped = "a key of a signature type that is not supported yet"};
}

// Does the record that was logged hold the SHA-256 of that file?
bool is_recorded(const std::string& evidence, const std::string& leaf) {
  const auto record = ledgers::tlog::read_record(core::as_bytes(leaf), {}, {});
  const std::string digest = core::to_string(crypto::sha256(core::as_bytes(evidence)));
  return record && record->digests_size() == 1 && record->digests(0).value() == digest;
}

Found run_tlog(const Case& one) {
  const auto proof = one.file("proof");
  const auto leaf = one.file("leaf");
  const auto policy = one.file("policy");
  if (!proof || !leaf || !policy) return found("no input");
  if (const auto skipped = unsupported(*policy, PolicyForm::kC2sp)) return *skipped;
  const auto parsed = LogPolicy::parse(*policy, PolicyForm::kC2sp);
  const bool alone =
      parsed && parsed->count(std::vector<bool>(parsed->witnesses().size())).reached();
  std::string toml = head_of_list("tlog", alone);
  if (const std::string origin = one.text("origin"); !origin.empty())
    toml += "origin = " + quoted(origin) + "\n";
  if (alone) {
    toml += "[ledger.tlog.witnesses]\n";
    for (const auto& log : parsed->logs()) toml += quoted(log.name) + " = \"operator\"\n";
  }
  const auto list = trust_list({{"trust.toml", toml}, {"policy", *policy}});
  if (!list) return found("reject", list.error());
  Found result = judge<ledgers::tlog::TlogConfig>(
      *list, [&](const auto& entry, const auto& config, const Judging& judging) {
        return ledgers::tlog::check(core::as_bytes(*proof), core::as_bytes(*leaf), entry, config,
                                    judging);
      });
  const auto evidence = one.file("evidence");
  if (result.got == "accept" && evidence && !is_recorded(*evidence, *leaf))
    return found("reject", "EVIDENCE_HASH_MISMATCH");
  return result;
}

Found run_sigsum(const Case& one) {
  const auto proof = one.file("proof");
  const auto policy = one.file("policy");
  const auto keys = one.file("submit_keys");
  const auto artifact = one.file("artifact");
  const auto message = artifact ? std::optional(crypto::sha256(core::as_bytes(*artifact)))
                                : core::from_hex(one.text("message_hex"));
  constexpr std::size_t kMessage = 32;
  if (!proof || !policy || !keys || !message || message->size() != kMessage)
    return found("no input");
  const std::string toml = head_of_list("sigsum") + "submit_keys = [\"keys\"]\n";
  const auto list = trust_list({{"trust.toml", toml}, {"policy", *policy}, {"keys", *keys}});
  if (!list) return found("reject", list.error());
  return judge<ledgers::sigsum::SigsumConfig>(
      *list, [&](const auto& entry, const auto& config, const Judging& judging) {
        return ledgers::sigsum::check(core::as_bytes(*proof), *message, entry, config, judging);
      });
}

constexpr std::array kTypes = {Type{"tlog-proof", run_tlog}, Type{"sigsum-proof", run_sigsum}};

}  // namespace

std::span<const Type> proof_types() { return kTypes; }

}  // namespace heyan::vectors::tlogs
