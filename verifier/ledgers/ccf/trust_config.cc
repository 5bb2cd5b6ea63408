#include "verifier/ledgers/ccf/trust_config.h"

#include <array>

#include "verifier/ledgers/operated.h"

namespace heyan::ledgers::ccf {
namespace {

constexpr std::array<std::string_view, 2> kClaims = {"application", "file"};

bool read_service(trust::Table& table, CcfConfig& config) {
  if (!table.has("service_certificate")) {
    table.defect("service_certificate", "is missing",
                 "Write service_certificate = \"ccf/service.pem\"");
    return false;
  }
  const auto bytes = table.file("service_certificate");
  if (!bytes) return false;  // said already
  auto certificates = crypto::Certificate::list_from_pem(core::as_text(*bytes));
  if (!certificates || certificates->empty()) {
    table.defect("service_certificate", "holds no certificates in PEM",
                 "Give the certificate of the service's identity");
    return false;
  }
  config.service = *std::move(certificates);
  return true;
}

}  // namespace

std::shared_ptr<const CcfConfig> read_config(trust::Table& table, const trust::LedgerEntry& entry,
                                             const trust::TrustList& list) {
  auto config = std::make_shared<CcfConfig>();
  bool sound = read_service(table, *config);
  sound = read_operator(table, entry, list, config->operator_id) && sound;
  if (table.has("claims")) {
    const auto claims = table.word("claims", kClaims);
    sound = sound && claims.has_value();
    config->claims_file = claims == "file";
  }
  if (config->claims_file && (!entry.record.digest.empty() || !entry.record.fields.empty())) {
    table.defect("claims", "a bare digest has no record", "Leave out [ledger.record]");
    sound = false;
  }
  config->places = tlog::record_places(entry.record);
  return sound ? config : nullptr;
}

}  // namespace heyan::ledgers::ccf
