// The sample case, and what a party may hold of its record.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

#include "gateway/bundle/excerpt.h"
#include "gateway/bundle/withheld.h"
#include "tests/unit/bundle/sample_record.h"
#include "verifier/canonical.h"
#include "verifier/report/copy.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"

namespace heyan::bundle {

using core::json::Value;

class ExcerptTest : public testing::Test {
 protected:
  static Judged judged(const v1::RecordFile& file) {
    auto judged = intake::judge_again(file);
    EXPECT_TRUE(judged.has_value());
    return *std::move(judged);
  }
  static std::vector<Disclosure> shown_to(std::string_view reader, const Judged& judged) {
    return report::disclosures_for(reader, report::payload_value(judged.report), judged.disclosures)
        .value();
  }
  static v1::RecordFile excerpt_of(const v1::RecordFile& file, std::string_view reader) {
    const Judged all = judged(file);
    auto excerpt = excerpt_for(file, all, shown_to(reader, all));
    EXPECT_TRUE(excerpt.has_value()) << excerpt.error().text;
    // It is a record file like any other.
    const core::Bytes bytes = report::encode_record_file(*excerpt);
    EXPECT_TRUE(report::decode_record_file(bytes, {}).has_value());
    return *std::move(excerpt);
  }
  core::Result<std::vector<ItemAgain>> judge(const v1::RecordFile& excerpt,
                                             std::string_view reader = "party") const {
    std::vector<std::string> withheld;
    const auto shown = shown_to(reader, all_);
    for (const Disclosure& one : all_.disclosures) {
      if (std::ranges::find(shown, one) == shown.end()) withheld.push_back(one.pointer);
    }
    return judge_excerpt(payload_, withheld, excerpt);
  }
  // "same", ...: what is said of the first attestation of an item; or the error.
  std::string said(int item, const v1::RecordFile& excerpt,
                   std::string_view reader = "party") const {
    constexpr std::array kWords = {"same", "differs", "whole block", "withheld", "not held"};
    const auto items = judge(excerpt, reader);
    if (!items) return std::string(core::name(items.error().code));
    const auto& attestations = items->at(static_cast<std::size_t>(item)).attestations;
    if (std::ranges::find(attestations, Again::kDiffers) != attestations.end()) return "differs";
    EXPECT_FALSE(attestations.empty());
    return kWords.at(static_cast<std::size_t>(attestations.at(0)));
  }
  // The excerpt after a change, encoded as whoever changed it would.
  std::string after(const std::function<void(v1::RecordFile&)>& change, int item) const {
    v1::RecordFile changed = excerpt_;
    change(changed);
    EXPECT_NE(canonical_bytes(changed), canonical_bytes(excerpt_));
    return said(item, changed);
  }
  static const std::string& proof_in(const v1::RecordFile& file, int item) {
    const std::string& digest = file.record().items(item).proofs(0);
    const auto found = std::ranges::find(file.record().proofs(), digest, &v1::ProofBytes::sha256);
    return found->content();
  }
  static Value json_of(const std::string& text) {
    return *core::json::parse(core::as_bytes(text), {.json_bytes = text.size()});
  }
  // The same document with one member changed; names of `path` lead to it.
  static Value with(const Value& document, std::span<const std::string_view> path,
                    const std::function<Value(const Value*)>& change) {
    Value out{Value::Object{}};
    bool met = false;
    for (const auto& [name, value] : *document.as_object()) {
      if (name != path.front()) {
        out.set(name, value);
        continue;
      }
      met = true;
      out.set(name, path.size() == 1 ? change(&value) : with(value, path.subspan(1), change));
    }
    if (!met) out.set(path.front(), change(nullptr));
    return out;
  }
  std::string after_editing(int item, std::vector<std::string_view> path,
                            const std::function<Value(const Value*)>& change) const {
    return after(
        [&](v1::RecordFile& file) {
          const Value document = with(json_of(proof_in(file, item)), path, change);
          // Schema first, by which a proof without a named format is recognised.
          replace_proof(*file.mutable_record(), item, core::json::write_canonical(document));
          derive_secrets(*file.mutable_record());
        },
        item);
  }

  const v1::RecordFile record_ = sample_record();
  const Judged all_ = judged(record_);
  const Value payload_ = report::payload_value(all_.report);
  const v1::RecordFile excerpt_ = excerpt_of(record_, "party");
};

}  // namespace heyan::bundle
