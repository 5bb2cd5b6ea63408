// The example of the format, and defects as one comparable line.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "verifier/contents/submission_reader.h"

namespace heyan::contents::testing {

inline constexpr std::string_view kExample = R"({
  "schema": "heyan.submission.v1",
  "court": {"code": "0491", "name": "北京互联网法院"},
  "caseNumber": "(2026)京0491民初1234号",
  "filedAt": "2026-11-20T08:30:00Z",
  "submitter": {"role": "PLAINTIFF", "name": "某文化公司", "accountId": "u-771", "authentication": "REAL_NAME"},
  "parties": [
    {"id": "P1", "role": "PLAINTIFF", "kind": "LEGAL_PERSON", "name": "某文化公司", "idType": "USCC",
     "idNumber": "91110108551385082Q"},
    {"id": "P2", "role": "DEFENDANT", "kind": "LEGAL_PERSON", "name": "某科技公司",
     "linkedInstitutions": ["platform-a"]}
  ],
  "evidence": [
    {
      "id": "E1", "name": "原创文章网页", "category": "ELECTRONIC_DATA", "purpose": "证明权属",
      "source": "自有平台", "party": "P1",
      "file": {"path": "files/article.html", "size": 18213, "mediaType": "text/html", "digests": {
        "sm3": "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0",
        "sha-256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}},
      "claims": {"who": "某文化公司", "what": "文章", "when": "2026-03-02T01:02:03Z", "where": "https://example.com"},
      "record": {"ledger": "judicial-fabric", "id": "EV-0007"},
      "proofs": [
        {"format": "fabric", "ledger": "judicial-fabric", "path": "proofs/block7.pb",
         "hints": {"transaction": "2", "key": "EV-0007"}},
        {"format": "rfc3161", "path": "proofs/article.tsr"}
      ]
    }
  ]
})";

inline constexpr std::string_view kMinimal =
    R"({"schema":"heyan.submission.v1","evidence":[{"id":"E1","file":{"path":"a"}}]})";

inline std::expected<v1::Submission, std::vector<Defect>> read(std::string_view text,
                                                               const core::Limits& limits = {}) {
  return read_submission(core::as_bytes(text), limits);
}

// "pointer code" of each defect, joined by "; ", or "ok".
inline std::string defects_of(std::string_view text, const core::Limits& limits = {}) {
  const auto result = read(text, limits);
  if (result) return "ok";
  std::string list;
  for (const Defect& defect : result.error()) {
    EXPECT_TRUE(defect.detail.ends_with('.')) << defect.detail;
    list += (list.empty() ? "" : "; ") + defect.pointer + ' ' + defect.code;
  }
  return list;
}

inline std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string changed(text);
  const auto at = changed.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return changed.replace(at, from.size(), to);
}

// The example with one place changed.
inline std::string changed(std::string_view from, std::string_view to) {
  return defects_of(with(kExample, from, to));
}

// The minimal submission with more members in its one item, its file, or a proof.
inline std::string item_with(const std::string& members) {
  return defects_of(with(kMinimal, R"("id":"E1")", R"("id":"E1",)" + members));
}
inline std::string file_with(const std::string& members) {
  return defects_of(with(kMinimal, R"("path":"a")", R"("path":"a",)" + members));
}
inline std::string top_with(const std::string& members) {
  return defects_of(with(kMinimal, R"("evidence")", members + R"(,"evidence")"));
}

}  // namespace heyan::contents::testing
