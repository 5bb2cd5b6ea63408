// The signed report of the sample case, and a party's copy of its bundle.
#pragma once

#include "gateway/bundle/excerpt.h"
#include "tests/unit/bundle/fixture.h"
#include "tests/unit/bundle/sample_record.h"
#include "verifier/report/copy.h"

namespace heyan::bundle {

class PartyBundleTest : public BundleTest {
 protected:
  Bundle copy_for(std::string_view reader) const {
    const auto judged = intake::judge_again(sample_);
    const std::string payload = report::encode_payload(judged->report);
    const auto shown =
        report::disclosures_for(reader, report::payload_value(judged->report), judged->disclosures);
    auto excerpt = excerpt_for(sample_, *judged, *shown);
    EXPECT_TRUE(excerpt.has_value());
    return {
        .payload = payload,
        .envelope = *report::make_copy(core::as_bytes(envelope_of(payload)), judged->disclosures,
                                       reader, {.json_bytes = std::size_t{16} << 20}),
        .pdf = {},
        .xml = {},
        .record = {},
        .excerpt = encoded(*excerpt)};
  }
  // With another excerpt, encoded as whoever changed it would.
  static Bundle changed(Bundle bundle, const std::function<void(v1::RecordFile&)>& change) {
    v1::RecordFile file = *report::decode_record_file(core::as_bytes(bundle.excerpt), {});
    change(file);
    bundle.excerpt = encoded(file);
    return bundle;
  }
  // The proof of the item on FISCO BCOS without its receipt: the same transaction, less shown.
  static void take_receipt_out(v1::RecordFile& file) {
    const std::string& digest = file.record().items(kFiscoItem).proofs(0);
    const auto proof = std::ranges::find(file.record().proofs(), digest, &v1::ProofBytes::sha256);
    const auto document = core::json::parse(core::as_bytes(proof->content()),
                                            {.json_bytes = proof->content().size()});
    core::json::Value without{core::json::Value::Object{}};
    for (const auto& [name, value] : *document->as_object()) {
      if (name != "receipt" && name != "receipt_proof") without.set(name, value);
    }
    replace_proof(*file.mutable_record(), kFiscoItem, core::json::write_canonical(without));
    derive_secrets(*file.mutable_record());
  }

  const v1::RecordFile sample_ = sample_record();
  const Bundle copy_ = copy_for("party");
  const std::string zip_ = written(copy_);
};

}  // namespace heyan::bundle
