// Nothing else passes for an excerpt of a report's record.
#include "tests/unit/bundle/excerpt_fixture.h"

namespace heyan::bundle {
namespace {

class ExcerptAttacks : public ExcerptTest {};

TEST_F(ExcerptAttacks, AnotherTransactionOfTheBlockDiffers) {
  v1::RecordFile other = record_;
  v1::Item& item = *other.mutable_record()->mutable_submission()->mutable_evidence(kChainmakerItem);
  item.clear_record();
  item.mutable_proofs(0)->mutable_hints(0)->set_value("4");
  const v1::RecordFile excerpt = excerpt_of(other, "party");
  ASSERT_FALSE(excerpt.record().items(kChainmakerItem).proofs().empty());
  EXPECT_EQ(said(kChainmakerItem, excerpt), "differs");
  EXPECT_EQ(said(kFiscoItem, excerpt), "same");
}

TEST_F(ExcerptAttacks, SwappedProofsDoNotPass) {
  const auto swap = [](v1::RecordFile& file) {
    v1::CaseRecord& record = *file.mutable_record();
    record.mutable_items(kChainmakerItem)
        ->mutable_proofs()
        ->Swap(record.mutable_items(kFiscoItem)->mutable_proofs());
    derive_secrets(record);
  };
  EXPECT_EQ(after(swap, kChainmakerItem), "not-canonical");
  EXPECT_EQ(after(
                [&](v1::RecordFile& file) {
                  swap(file);
                  v1::Submission& submission = *file.mutable_record()->mutable_submission();
                  submission.mutable_evidence(kChainmakerItem)
                      ->mutable_proofs()
                      ->Swap(submission.mutable_evidence(kFiscoItem)->mutable_proofs());
                  derive_secrets(*file.mutable_record());
                },
                kFiscoItem),
            "differs");
}

TEST_F(ExcerptAttacks, AForeignPathDoesNotPass) {
  EXPECT_EQ(after_editing(kChainmakerItem, {"merkle_path"},
                          [](const Value* path) {
                            Value out{Value::Array{}};
                            for (const Value& one : *path->as_array()) out.push(one);
                            Value changed{Value::Array{}};
                            changed.push(std::string(64, 'a'));
                            for (std::size_t i = 1; i < path->as_array()->size(); ++i) {
                              changed.push(path->as_array()->at(i));
                            }
                            return changed;
                          }),
            "not-canonical");
  EXPECT_EQ(after_editing(kChainmakerItem, {"tx_index"}, [](const Value*) { return Value(0); }),
            "not-canonical");
  EXPECT_EQ(
      after_editing(kFiscoItem, {"tx_proof"}, [](const Value*) { return Value(Value::Array{}); }),
      "not-canonical");
}

TEST_F(ExcerptAttacks, WithSignaturesTakenOutTheyDoNotPass) {
  EXPECT_EQ(after_editing(kChainmakerItem, {"extra_data"},
                          [](const Value*) { return Value(Value::Object{}); }),
            "not-canonical");
  EXPECT_EQ(after_editing(kFiscoItem, {"block_header", "signatureList"},
                          [](const Value*) { return Value(Value::Array{}); }),
            "not-canonical");
}

// The block still stands with fewer, and the report named who signed.
TEST_F(ExcerptAttacks, WithoutARecordedPartOfTheProofTheyDiffer) {
  v1::RecordFile file = excerpt_;
  const Value document = json_of(proof_in(file, kFiscoItem));
  Value without{Value::Object{}};
  for (const auto& [name, value] : *document.as_object()) {
    if (name != "receipt" && name != "receipt_proof") without.set(name, value);
  }
  replace_proof(*file.mutable_record(), kFiscoItem, core::json::write_canonical(without));
  derive_secrets(*file.mutable_record());
  EXPECT_EQ(said(kFiscoItem, file), "differs");
}

TEST_F(ExcerptAttacks, AStrippedProofIsSaidToBeMissing) {
  EXPECT_EQ(after(
                [](v1::RecordFile& file) {
                  file = *intake::excerpt_of(
                      file, [](const ProofGroup& group, auto) { return group.item != kFiscoItem; });
                },
                kFiscoItem),
            "not held");
}

TEST_F(ExcerptAttacks, NothingMayBeAdded) {
  const std::string stranger = whole_block().substr(4000, 64);
  const auto adds = [&](const std::function<void(v1::RecordFile&)>& change) {
    return after(
        [&](v1::RecordFile& file) {
          change(file);
          derive_secrets(*file.mutable_record());
        },
        kFiscoItem);
  };
  EXPECT_EQ(adds([&](v1::RecordFile& file) {
              v1::ProofBytes& proof = *file.mutable_record()->add_proofs();
              proof.set_sha256(core::to_string(crypto::sha256(core::as_bytes(stranger))));
              proof.set_content(stranger);
            }),
            "not-canonical");
  EXPECT_EQ(adds([](v1::RecordFile& file) {
              file.mutable_record()->mutable_submission()->set_case_number("other");
            }),
            "not-canonical");
  EXPECT_EQ(adds([](v1::RecordFile& file) {
              file.mutable_record()->mutable_submission()->mutable_parties(1)->set_name("other");
            }),
            "not-canonical");
  EXPECT_EQ(adds([](v1::RecordFile& file) {
              file.mutable_circumstances()->mutable_elsewhere()->set_since_ms(1);
            }),
            "not-canonical");
  EXPECT_EQ(adds([](v1::RecordFile& file) {
              file.mutable_record()->set_nonce("x");
              file.mutable_record()->mutable_items(0)->mutable_contents()->set_address("x");
            }),
            "not-canonical");
  EXPECT_EQ(
      after([](v1::RecordFile& file) { file.mutable_record()->set_nonce(std::string(32, 'x')); },
            kFiscoItem),
      "not-canonical");
  // Inside a proof, where nobody would read it.
  const Value hidden = core::to_hex(core::as_bytes(stranger));
  const auto hide = [&](const Value*) { return hidden; };
  EXPECT_EQ(after_editing(kFiscoItem, {"block_header", "transactions"}, hide), "not-canonical");
  EXPECT_EQ(after_editing(kFiscoItem, {"receipt", "input"}, hide), "not-canonical");
  EXPECT_EQ(after_editing(kChainmakerItem, {"extra_data", "Other"}, hide), "not-canonical");
}

TEST_F(ExcerptAttacks, OfAnotherCaseDoNotPass) {
  const auto of = [&](const std::function<void(v1::RecordFile&)>& change) {
    v1::RecordFile other = record_;
    change(other);
    return said(kFiscoItem, excerpt_of(other, "party"));
  };
  EXPECT_EQ(of([](v1::RecordFile& file) {
              file.mutable_circumstances()->set_report_number("HY-AAAA-BBBB-CCCC-DDDE");
            }),
            "malformed");
  EXPECT_EQ(
      of([](v1::RecordFile& file) { file.mutable_circumstances()->set_software_version("0.0.1"); }),
      "malformed");
  EXPECT_EQ(of([](v1::RecordFile& file) { file.set_as_of_ms(file.as_of_ms() - 1000); }),
            "malformed");
  EXPECT_EQ(of([](v1::RecordFile& file) {
              file.mutable_record()->mutable_submission()->mutable_parties(1)->set_role(
                  v1::ROLE_THIRD_PARTY);
            }),
            "malformed");
  EXPECT_EQ(
      of([](v1::RecordFile& file) {
        file.mutable_record()->mutable_submission()->mutable_parties(1)->add_linked_institutions(
            "fangyuan-notary");
      }),
      "malformed");
  EXPECT_EQ(of([](v1::RecordFile& file) {
              auto& digest = *file.mutable_record()
                                  ->mutable_items(kFiscoItem)
                                  ->mutable_measured()
                                  ->mutable_digests(0);
              digest.mutable_first()->front() ^= 1;
              digest.set_second(digest.first());
            }),
            "malformed");
  EXPECT_EQ(
      of([](v1::RecordFile& file) {
        file.mutable_record()->mutable_submission()->mutable_evidence(kFiscoItem)->set_party("P2");
      }),
      "malformed");
}

// The payload may be anybody's, with numbers that ours never has.
TEST_F(ExcerptAttacks, APayloadThatIsNotOursIsNoneOfIt) {
  for (const char* odd : {R"({"evidence":[]})", R"({"evidence":1.5,"asOf":9007199254740993})", "[]",
                          R"({"evidence":[{"attestations":[1.5]}]})"}) {
    EXPECT_FALSE(judge_excerpt(json_of(odd), {}, excerpt_).has_value()) << odd;
  }
  // Of the right subjects, with an attestation that is none.
  std::string text = core::json::write_canonical(payload_);
  const std::size_t at = text.find("\"ledger\":\"arbitration-fisco\"");
  ASSERT_NE(at, std::string::npos);
  text.insert(at, "\"another\":1.5,");
  EXPECT_EQ(judge_excerpt(json_of(text), {}, excerpt_)->at(kFiscoItem).attestations.at(0),
            Again::kDiffers);
}

}  // namespace
}  // namespace heyan::bundle
