// COC-1: is the gateway's own handling continuous, and is what was stored what was received?
#include "verifier/checks/custody.h"

#include <map>

#include "verifier/checks/digests.h"
#include "verifier/checks/families.h"

namespace heyan::checks {
namespace {

// Of a file that was read to its end.
Comparison with_received(const v1::Measured& measured, const v1::ReceivedFile& received) {
  v1::Digest stated;
  stated.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  stated.set_value(received.sha256());
  if (received.size() != measured.size()) return Comparison::kDiffers;
  return compare(stated, measured);
}

// False where it was not read.
bool is_stored_otherwise(const v1::Measured& measured, const v1::ReceivedFile& received) {
  // What was received does not change, whoever reads it.
  if (measured.outcome() == v1::MEASURE_OUTCOME_CHANGED_WHILE_READING) return true;
  return measured.outcome() == v1::MEASURE_OUTCOME_DONE &&
         with_received(measured, received) == Comparison::kDiffers;
}

}  // namespace

std::set<std::string_view> stored_otherwise(const Judging& judging) {
  std::map<std::string_view, const v1::ReceivedFile*> received;
  for (const v1::ReceivedFile& file : judging.circumstances.custody().received()) {
    received.try_emplace(file.item(), &file);
  }
  std::set<std::string_view> otherwise;
  for (const v1::ItemRecord& item : judging.record.items()) {
    const auto kept = received.find(item.id());
    if (kept == received.end()) continue;
    if (is_stored_otherwise(item.measured(), *kept->second)) otherwise.insert(item.id());
  }
  return otherwise;
}

Findings coc_1(const ItemView& item, const Judging& judging) {
  if (!judging.circumstances.has_custody()) {
    return {answer(v1::CHECK_COC_1, v1::OUTCOME_NOT_APPLICABLE)};
  }
  Findings findings;
  const auto received = item.whole.received.find(item.declared.id());
  // What nobody measured while it came in cannot be said to be what came in.
  if (!judging.circumstances.custody().continuous() || received == item.whole.received.end()) {
    findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_FAIL, v1::REASON_CUSTODY_LOG_GAP));
  }
  if (received != item.whole.received.end()) {
    const v1::Measured& measured = judging.record.items(static_cast<int>(item.index)).measured();
    if (is_stored_otherwise(measured, *received->second)) {
      findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_FAIL, v1::REASON_STORED_BYTES_DIFFER));
    } else if (measured.outcome() != v1::MEASURE_OUTCOME_DONE ||
               with_received(measured, *received->second) == Comparison::kNotMeasured) {
      findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_NOT_PERFORMED));
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_PASS));
  return findings;
}

}  // namespace heyan::checks
