// Type ccf-receipt: verifier/ledgers/ccf, under a trust list that names the service of the case.
#include <array>

#include "tests/vectors/tlogs_judging.h"
#include "verifier/ledgers/ccf/attest.h"

namespace heyan::vectors::tlogs {
namespace {

constexpr std::string_view kTrust = R"([list]
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
[[ledger]]
id = "log"
format = "ccf"
name = { zh = "账本", en = "Ledger" }
quorum = "alone"
[ledger.ccf]
service_certificate = "service.pem"
operator = "service"
)";

Found run_ccf(const Case& one) {
  const auto receipt = one.file("receipt");
  const auto service = one.file("service_cert");
  const auto claims = one.file("claims");
  if (!receipt || !service || (!claims && !one.text("claims").empty())) return found("no input");
  const auto list = trust_list({{"trust.toml", std::string(kTrust)}, {"service.pem", *service}});
  if (!list) return found("reject", list.error());
  return judge<ledgers::ccf::CcfConfig>(
      *list, [&](const auto&, const auto& config, const Judging& judging) {
        return ledgers::ccf::check(core::as_bytes(*receipt), core::as_bytes(claims.value_or("")),
                                   config, judging);
      });
}

constexpr std::array kTypes = {Type{"ccf-receipt", run_ccf}};

}  // namespace

std::span<const Type> receipt_types() { return kTypes; }

}  // namespace heyan::vectors::tlogs
