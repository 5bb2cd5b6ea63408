// A case of topic tlogs judged by a proof system, under a trust list that is made for it.
#pragma once

#include <map>

#include "tests/vectors/tlogs_case.h"
#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::vectors::tlogs {

using Files = std::map<std::string, std::string, std::less<>>;

// "trust.toml" and what it names; its ledger has the id "log". Else its first defect.
inline std::expected<trust::TrustList, std::string> trust_list(const Files& files) {
  std::vector<const trust::LedgerSetup*> formats;
  for (const ledgers::Ledger* ledger : ledgers::all()) formats.push_back(ledger);
  const auto reader = [&files](std::string_view path) -> core::Result<core::Bytes> {
    const auto file = files.find(path);
    if (file == files.end()) return core::fail(core::ErrorCode::kNotFound, "no such file");
    return core::to_bytes(std::string_view(file->second));
  };
  auto list = trust::parse_trust_list("trust.toml", reader, formats);
  if (!list) return std::unexpected(trust::to_string(list.error().front()));
  return *std::move(list);
}

// What the check finds of the ledger "log", which has that Config.
template <typename Config, typename Check>
Found judge(const trust::TrustList& list, Check check) {
  const v1::CaseRecord record;
  const v1::Circumstances circumstances;
  const core::Limits limits;
  Checker checker;
  const Judging judging{record,
                        circumstances,
                        list,
                        trust::default_policy(),
                        *core::parse_rfc3339("2026-11-23T00:00:00Z"),
                        checker,
                        limits};
  const trust::LedgerEntry& entry = *list.ledger("log");
  const auto reasons = check(entry, dynamic_cast<const Config&>(*entry.config), judging);
  if (!reasons) return found("error", std::string(reasons.error().text));
  std::string why;
  for (const std::string& one : ledgers::sorted_names(*reasons))
    why += (why.empty() ? "" : ",") + one;
  return found(reasons->empty() && !checker.disagreed() ? "accept" : "reject", why);
}

}  // namespace heyan::vectors::tlogs
