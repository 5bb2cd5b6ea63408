// Types ccf-receipt and sigstore-bundle: verifier/ledgers/ccf and sigstore, under a trust list that
// names the service, or the log and the key, of the case.
#include <array>

#include "tests/vectors/tlogs_judging.h"
#include "verifier/ledgers/ccf/attest.h"
#include "verifier/ledgers/sigstore/attest.h"

namespace heyan::vectors::tlogs {
namespace {

const std::string kTrust = R"([list]
id = "vectors"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2036-01-01T00:00:00Z
[[institution]]
id = "service"
kind = "platform"
name = { zh = "服务", en = "Service" }
[[quorum]]
id = "alone"
at_least = 1
of = ["service"]
)";

// A ledger that its operator alone signs, with these lines in [ledger.FORMAT].
std::string trust_toml(const std::string& format, const std::string& lines) {
  return kTrust + "[[ledger]]\nid = \"log\"\nformat = \"" + format +
         "\"\nname = { zh = \"账本\", en = \"Ledger\" }\nquorum = \"alone\"\n[ledger." + format +
         "]\noperator = \"service\"\n" + lines;
}

Found run_ccf(const Case& one) {
  const auto receipt = one.file("receipt");
  const auto service = one.file("service_cert");
  const auto claims = one.file("claims");
  if (!receipt || !service || (!claims && !one.text("claims").empty())) return found("no input");
  const auto list =
      trust_list({{"trust.toml", trust_toml("ccf", "service_certificate = \"service.pem\"\n")},
                  {"service.pem", *service}});
  if (!list) return found("reject", list.error());
  return judge<ledgers::ccf::CcfConfig>(
      *list, [&](const auto&, const auto& config, const Judging& judging) {
        return ledgers::ccf::check(core::as_bytes(*receipt), core::as_bytes(claims.value_or("")),
                                   config, judging);
      });
}

Found run_sigstore(const Case& one) {
  const auto bundle = one.file("bundle");
  const auto root = one.file("trusted_root");
  const auto key = one.file("key");
  const auto artifact = one.file("artifact");
  if (!bundle || !root || !key || !artifact) return found("no input");
  const auto list = trust_list(
      {{"trust.toml", trust_toml("sigstore", "trusted_root = \"root\"\nkeys = [\"key\"]\n")},
       {"root", *root},
       {"key", *key}});
  if (!list) return found("reject", list.error());
  const core::Bytes sha256 = crypto::sha256(core::as_bytes(*artifact));
  return judge<ledgers::sigstore::SigstoreConfig>(
      *list, [&](const auto& entry, const auto& config, const Judging& judging) {
        return ledgers::sigstore::check(core::as_bytes(*bundle), sha256, entry, config, judging);
      });
}

constexpr std::array kTypes = {Type{"ccf-receipt", run_ccf}, Type{"sigstore-bundle", run_sigstore}};

}  // namespace

std::span<const Type> receipt_types() { return kTypes; }

}  // namespace heyan::vectors::tlogs
