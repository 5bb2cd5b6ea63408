// What a party may hold of a record, and what it never holds.
#include "tests/unit/bundle/excerpt_fixture.h"
#include "verifier/ledgers/chainmaker/message.h"

namespace heyan::bundle {
namespace {

using testing::HasSubstr;
using testing::Not;

class Excerpts : public ExcerptTest {};

TEST_F(Excerpts, HoldTheProofsThatShowOneTransaction) {
  const auto items = judge(excerpt_);
  ASSERT_TRUE(items.has_value()) << items.error().text;
  ASSERT_EQ(items->size(), 9u);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(said(i, excerpt_), "whole block") << i;
  EXPECT_EQ(said(kChainmakerItem, excerpt_), "same");
  EXPECT_EQ(said(kFiscoItem, excerpt_), "same");
  EXPECT_EQ(said(kLogItem, excerpt_), "same");
  // The stamp of the photograph shows one file's fingerprint, and nothing of others.
  EXPECT_EQ(items->at(kStampedItem).attestations.at(1), Again::kSame);
  EXPECT_EQ(excerpt_.record().proofs_size(), 5);  // of the log's item, proof and record
  // They carry the items, and so the report's positive findings can be repeated.
  EXPECT_EQ(all_.report.evidence(kChainmakerItem).attestations(0).outcome(), v1::OUTCOME_PASS);
  EXPECT_EQ(all_.report.evidence(kFiscoItem).attestations(0).outcome(), v1::OUTCOME_PASS);
}

TEST_F(Excerpts, OfAnExcerptIsItself) {
  const auto again = intake::excerpt_of(excerpt_, [](const auto&, auto) { return true; });
  EXPECT_EQ(canonical_bytes(*again), canonical_bytes(excerpt_));
}

// One file that the gateway lost costs nobody the rest of their case.
TEST_F(Excerpts, OfAFileThatIsNotWhatWasReceivedHoldNothingAndTheOthersStay) {
  v1::RecordFile file = record_;
  v1::Custody& custody = *file.mutable_circumstances()->mutable_custody();
  custody.set_continuous(true);
  v1::ReceivedFile& received = *custody.add_received();
  received.set_item(file.record().items(kChainmakerItem).id());
  received.set_sha256(std::string(32, 'x'));
  const Judged all = judged(file);
  EXPECT_EQ(all.report.evidence(kChainmakerItem).attestations_size(), 0);
  for (const std::string_view reader : {"party", "opponent"}) {
    const v1::RecordFile bare = excerpt_of(file, reader);
    const v1::ItemRecord& aside = bare.record().items(kChainmakerItem);
    EXPECT_EQ(aside.measured().outcome(), v1::MEASURE_OUTCOME_UNSPECIFIED);
    EXPECT_EQ(aside.proofs_size(), 0);
    const auto items = judge_excerpt(report::payload_value(all.report), {}, bare);
    ASSERT_TRUE(items.has_value()) << items.error().text;
    EXPECT_TRUE(items->at(kChainmakerItem).attestations.empty());
    EXPECT_EQ(items->at(kFiscoItem).attestations.at(0), Again::kSame);
  }
}

// Both are what the copy's masking hides: who the record names, and what P1 alone may see.
TEST_F(Excerpts, ShowTheOtherSideNothingThatItsCopyWithholds) {
  const v1::RecordFile opponents = excerpt_of(record_, "opponent");
  EXPECT_EQ(said(kChainmakerItem, opponents, "opponent"), "withheld");
  EXPECT_EQ(said(kFiscoItem, opponents, "opponent"), "same");
  EXPECT_EQ(said(kLogItem, opponents, "opponent"), "withheld");
  EXPECT_EQ(opponents.record().proofs_size(), 2);
  EXPECT_FALSE(opponents.record().submission().evidence(kChainmakerItem).has_record());
}

TEST_F(Excerpts, SayNothingOfPersonsAndOtherCases) {
  for (const std::string_view reader : {"party", "opponent"}) {
    v1::RecordFile bare = excerpt_of(record_, reader);
    const Withheld hidden(all_.disclosures, shown_to(reader, all_));
    // A record on a ledger may name who reads it, and nobody who is withheld from them.
    for (const v1::ProofBytes& proof : bare.record().proofs()) {
      EXPECT_FALSE(hidden.shown_by(proof.content()));
    }
    bare.mutable_record()->clear_proofs();
    bare.clear_trust_list();
    const core::Bytes bytes = canonical_bytes(bare);
    const std::string_view text = core::as_text(bytes);
    for (const v1::Party& party : record_.record().submission().parties()) {
      EXPECT_EQ(text.find(party.name()), std::string_view::npos);
      EXPECT_EQ(text.find(party.id_number()), std::string_view::npos);
    }
    EXPECT_EQ(text.find("another court case"), std::string_view::npos);
    EXPECT_EQ(text.find(record_.record().salt_key()), std::string_view::npos);
    EXPECT_EQ(text.find(record_.record().nonce()), std::string_view::npos);
  }
}

// What the suit is about is the court's: it stands in the record, and neither in reports nor here.
TEST_F(Excerpts, AndReportsSayNothingOfCauseAndRelief) {
  v1::RecordFile file = record_;
  v1::Submission& submission = *file.mutable_record()->mutable_submission();
  submission.set_cause("cause of the suit");
  submission.add_relief_sought("relief in the suit");
  const Judged all = judged(file);
  const core::Bytes report = canonical_bytes(all.report);
  const core::Bytes excerpt = canonical_bytes(excerpt_of(file, "party"));
  for (const core::Bytes& bytes : {report, excerpt}) {
    EXPECT_FALSE(core::as_text(bytes).contains("the suit"));
  }
  EXPECT_EQ(all.disclosures.size(), all_.disclosures.size());
}

// By its place, too: a field of few letters, or one that stands there in another spelling.
TEST_F(Excerpts, ARecordThatNamesSomebodyWithheldIsLeftOutWhateverItsSpelling) {
  Judged otherwise = judged(record_);
  const std::string place = "/evidence/6/attestations/0/record/who";
  const auto who = std::ranges::find(otherwise.disclosures, place, &Disclosure::pointer);
  ASSERT_NE(who, otherwise.disclosures.end());
  who->value = "x";
  const auto excerpt = excerpt_for(record_, otherwise, shown_to("opponent", all_));
  ASSERT_TRUE(excerpt.has_value());
  EXPECT_TRUE(excerpt->record().items(kChainmakerItem).proofs().empty());
  EXPECT_FALSE(excerpt->record().items(kFiscoItem).proofs().empty());
}

// Of a whole block a hint may name the record; of an excerpt only position or transaction.
TEST_F(Excerpts, WhatAloneWouldGiveAnotherResultIsLeftOut) {
  v1::RecordFile file = record_;
  file.mutable_record()
      ->mutable_submission()
      ->mutable_evidence(kChainmakerItem)
      ->mutable_proofs(0)
      ->mutable_hints(0)
      ->set_value("EV00000101");
  const Judged all = judged(file);
  EXPECT_EQ(all.report.evidence(kChainmakerItem).attestations(0).outcome(), v1::OUTCOME_PASS);
  const v1::RecordFile excerpt = excerpt_of(file, "party");
  EXPECT_TRUE(excerpt.record().items(kChainmakerItem).proofs().empty());
  EXPECT_FALSE(excerpt.record().items(kFiscoItem).proofs().empty());
}

// The argument of the call is looked for in whatever spelling the proof has it.
TEST_F(Excerpts, AProofInWhichAWithheldNameStandsIsLeftOut) {
  v1::RecordFile file = record_;
  file.mutable_record()->mutable_submission()->mutable_parties(1)->set_name(
      "F502B8809EA7DED74949CA136DE46F645A5D0A81");
  const v1::RecordFile excerpt = excerpt_of(file, "party");
  EXPECT_EQ(excerpt.record().proofs_size(), 4);
  EXPECT_TRUE(excerpt.record().items(kFiscoItem).proofs().empty());
  EXPECT_FALSE(excerpt.record().items(kChainmakerItem).proofs().empty());
  // The party's own name hides nothing from it.
  file = record_;
  file.mutable_record()->mutable_submission()->mutable_parties(0)->set_name(
      "F502B8809EA7DED74949CA136DE46F645A5D0A81");
  EXPECT_EQ(excerpt_of(file, "party").record().proofs_size(), 5);
  EXPECT_EQ(excerpt_of(file, "opponent").record().proofs_size(), 1);
}

TEST_F(Excerpts, AWithheldNameInAnIdOrHintLeavesTheItemOut) {
  v1::RecordFile file = record_;
  v1::Hint& hint = *file.mutable_record()
                        ->mutable_submission()
                        ->mutable_evidence(kFiscoItem)
                        ->mutable_proofs(0)
                        ->add_hints();
  hint.set_name("zz");
  hint.set_value("of 样例科技有限公司");
  EXPECT_TRUE(excerpt_of(file, "party").record().items(kFiscoItem).proofs().empty());
}

// A proof in which nothing was verified may be anybody's.
TEST_F(Excerpts, AProofThatDoesNotHoldIsLeftOut) {
  for (const int item : {kChainmakerItem, kFiscoItem}) {
    v1::RecordFile file = record_;
    std::string proof = proof_in(record_, item);
    const std::string_view place = item == kFiscoItem ? "stateRoot\": \"0x" : "EV0000010";
    const std::size_t at = proof.find(place);
    ASSERT_NE(at, std::string::npos);
    char& changed = proof[at + place.size()];
    changed = changed == '7' ? '8' : '7';
    replace_proof(*file.mutable_record(), item, proof);
    const v1::RecordFile excerpt = excerpt_of(file, "party");
    EXPECT_TRUE(excerpt.record().items(item).proofs().empty()) << item;
    EXPECT_EQ(excerpt.record().proofs_size(), 4);
  }
}

// Not one of the strangers' transactions, in any spelling in which an excerpt could hold it.
TEST_F(Excerpts, HoldNoBytesOfStrangers) {
  const auto visible = [](const v1::RecordFile& file) {
    std::string all;
    for (const v1::ProofBytes& proof : file.record().proofs()) {
      all += proof.content();
      const auto document = core::json::parse(core::as_bytes(proof.content()),
                                              {.json_bytes = proof.content().size()});
      const std::function<void(const Value&)> add = [&](const Value& value) {
        if (const std::string* text = value.as_string()) {
          all += core::to_string(core::from_base64(*text).value_or(core::Bytes()));
          all += core::to_string(core::from_hex(text->starts_with("0x") ? text->substr(2) : *text)
                                     .value_or(core::Bytes()));
        }
        if (const auto* list = value.as_array()) std::ranges::for_each(*list, add);
        if (const auto* object = value.as_object()) {
          for (const auto& member : *object) add(member.second);
        }
      };
      if (document) add(*document);
    }
    return all;
  };
  const std::string held = visible(excerpt_);
  const std::string court = visible(record_);
  constexpr std::size_t kWindow = 24;
  const std::string block_bytes = whole_block();
  const auto block = ledgers::chainmaker::parse_block_info(core::as_bytes(block_bytes));
  ASSERT_TRUE(block.has_value());
  ASSERT_EQ(block->transactions.size(), 5u);
  const auto own = core::as_text(block->transactions[1]);
  EXPECT_NE(held.find(own), std::string::npos);  // the test finds what is there
  std::size_t looked_for = 0;
  for (std::size_t i = 0; i < block->transactions.size(); ++i) {
    if (i == 1) continue;
    const std::string_view stranger = core::as_text(block->transactions[i]);
    for (std::size_t at = 0; at + kWindow <= stranger.size(); ++at) {
      const std::string_view window = stranger.substr(at, kWindow);
      if (own.find(window) != std::string_view::npos) continue;  // the same sender's certificate
      ++looked_for;
      ASSERT_EQ(held.find(window), std::string::npos) << "transaction " << i << " at " << at;
      ASSERT_NE(court.find(window), std::string::npos);
    }
  }
  EXPECT_GT(looked_for, 400u);
  for (const char* id : {"EV00000100", "EV00000102", "EV00000103", "EV00000104"}) {
    EXPECT_THAT(held, Not(HasSubstr(id)));
    EXPECT_THAT(court, HasSubstr(id));
  }
  // Of a whole block nothing at all: neither the own transaction nor those beside it. Its members'
  // certificates stand in the trust list.
  const auto& sources = record_.trust_list();
  const auto config = std::ranges::find(sources, "fabric/block_000.pb", &v1::SourceFile::path);
  ASSERT_NE(config, sources.end());
  const std::string& fabric = proof_in(record_, kFabricItem);
  constexpr std::size_t kLongWindow = 48;  // longer than what stands around any certificate
  looked_for = 0;
  for (std::size_t at = 0; at + kLongWindow <= fabric.size(); at += 7) {
    const std::string window = fabric.substr(at, kLongWindow);
    if (config->content().find(window) != std::string::npos) continue;
    ++looked_for;
    ASSERT_EQ(held.find(window), std::string::npos) << at;
    ASSERT_NE(court.find(window), std::string::npos) << at;
  }
  EXPECT_GT(looked_for, 400u);
}

// A kept checkpoint is part of what an attestation was judged by, and goes with its ledger alone.
TEST_F(Excerpts, HoldTheChainViewOfTheirLedgers) {
  v1::RecordFile file = record_;
  const auto keep = [&](const std::string& ledger, std::uint64_t height, const std::string& hash) {
    v1::KeptCheckpoint& kept = *file.mutable_circumstances()->add_checkpoints();
    kept.set_ledger(ledger);
    kept.set_height(height);
    kept.set_hash(hash);
  };
  keep("arbitration-fisco", 43, std::string(32, 'x'));  // another block there: a fork
  keep("judicial-fabric", 6, std::string(32, 'y'));
  const Judged forked = judged(file);
  EXPECT_NE(forked.report.evidence(kFiscoItem).attestations(0).outcome(), v1::OUTCOME_PASS);
  v1::RecordFile excerpt = *excerpt_for(file, forked, shown_to("party", forked));
  EXPECT_EQ(excerpt.circumstances().checkpoints_size(), 1);
  const Value payload = report::payload_value(forked.report);
  EXPECT_EQ(judge_excerpt(payload, {}, excerpt)->at(kFiscoItem).attestations.at(0), Again::kSame);
  excerpt.mutable_circumstances()->clear_checkpoints();
  EXPECT_EQ(judge_excerpt(payload, {}, excerpt)->at(kFiscoItem).attestations.at(0),
            Again::kDiffers);
}

}  // namespace
}  // namespace heyan::bundle
