// The closed lists of words.
#include <gtest/gtest.h>

#include "tests/unit/contents/submission_example.h"
#include "verifier/contents/words.h"

namespace heyan::contents {
namespace {

using testing::changed;
using testing::file_with;
using testing::item_with;
using testing::top_with;

TEST(SubmissionReader, RefusesWordsOutsideTheClosedLists) {
  for (const std::string word :
       {"plaintiff", "UNSPECIFIED", "", "ROLE_PLAINTIFF", "1", "PLAINTIFF "}) {
    EXPECT_EQ(changed(R"("role": "PLAINTIFF", "name")", R"("role": ")" + word + R"(", "name")"),
              "/submitter/role unknown-word");
  }
  EXPECT_EQ(changed("REAL_NAME", "FACE"), "/submitter/authentication unknown-word");
  EXPECT_EQ(changed("LEGAL_PERSON", "COMPANY"), "/parties/0/kind unknown-word");
  EXPECT_EQ(changed("USCC", "VAT"), "/parties/0/idType unknown-word");
  EXPECT_EQ(changed("ELECTRONIC_DATA", "VIDEO"), "/evidence/0/category unknown-word");
  EXPECT_EQ(changed(R"("format": "fabric")", R"("format": "Fabric")"),
            "/evidence/0/proofs/0/format unknown-word");
  EXPECT_EQ(changed(R"("format": "fabric")", R"("format": "")"),
            "/evidence/0/proofs/0/format unknown-word");
  for (const std::string word : {"md5", "sha-1", "SHA-256", "sha256", "sm2", ""}) {
    EXPECT_EQ(file_with(R"("digests":{")" + word + R"(":"00"})"),
              "/evidence/0/file/digests/" + word + " unknown-word");
  }
}

TEST(SubmissionReader, KnowsEveryWordOfTheClosedLists) {
  const auto each = [](const std::string& words, auto&& use) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < words.size(); ++count) {
      const std::size_t end = std::min(words.find(", ", at), words.size());
      EXPECT_EQ(use(words.substr(at, end - at)), "ok");
      at = end + 2;
    }
    return count;
  };
  const auto party = [](const std::string& name) {
    return [name](const std::string& word) {
      return top_with(R"("parties":[{")" + name + R"(":")" + word + "\"}]");
    };
  };
  EXPECT_EQ(all_words(roles()),
            "PLAINTIFF, DEFENDANT, THIRD_PARTY, AGENT, APPLICANT, RESPONDENT, OTHER");
  EXPECT_EQ(each(all_words(roles()), party("role")), 7u);
  EXPECT_EQ(all_words(party_kinds()), "NATURAL_PERSON, LEGAL_PERSON, UNINCORPORATED");
  EXPECT_EQ(each(all_words(party_kinds()), party("kind")), 3u);
  EXPECT_EQ(all_words(id_types()), "USCC, RESIDENT_ID, PASSPORT, OTHER");
  EXPECT_EQ(each(all_words(id_types()), party("idType")), 4u);
  EXPECT_EQ(all_words(authentications()), "NONE, PASSWORD, SECOND_FACTOR, REAL_NAME, COURT_SYSTEM");
  EXPECT_EQ(each(all_words(authentications()),
                 [](const std::string& word) {
                   return top_with(R"("submitter":{"authentication":")" + word + "\"}");
                 }),
            5u);
  EXPECT_EQ(all_words(categories()),
            "PARTY_STATEMENT, DOCUMENTARY, PHYSICAL, AUDIOVISUAL, ELECTRONIC_DATA, WITNESS, "
            "EXPERT_OPINION, "
            "INSPECTION_RECORD");
  EXPECT_EQ(
      each(all_words(categories()),
           [](const std::string& word) { return item_with(R"("category":")" + word + "\""); }),
      8u);
  EXPECT_EQ(all_proof_formats(),
            "fabric, chainmaker, fisco-bcos, operator-attestation, tlog, sigsum, sigstore, ccf, "
            "rfc3161, evidence-record, opentimestamps");
  EXPECT_EQ(each(all_proof_formats(),
                 [](const std::string& word) {
                   return item_with(R"("proofs":[{"path":"p","format":")" + word + "\"}]");
                 }),
            11u);
  EXPECT_EQ(all_algorithms(), "sha-256, sha-384, sha-512, sm3");
}

}  // namespace
}  // namespace heyan::contents
