// What a signer answers about receipts, with a key made for the test.
#pragma once

#include "gateway/signer/receipt.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class ReceiptSigner {
 public:
  ReceiptSigner() {
    auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256).value();
    auto certificate = key.self_signed("Test court", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                                       *core::parse_rfc3339("2027-01-01T00:00:00Z"))
                           .value();
    key_ = std::make_unique<report::ReportSigner>(
        report::ReportSigner{.key = std::move(key), .chain = {std::move(certificate)}});
  }

  v1::Receipt receipt_of(const v1::Intake& intake, std::uint64_t index) const {
    v1::Receipt receipt;
    receipt.set_intake_index(index);
    receipt.set_jws(signer::sign_receipt(intake, "heyan.test/log", index,
                                         *core::parse_rfc3339("2026-11-24T09:00:00Z"), *key_)
                        .value());
    return receipt;
  }
  v1::PublishedKey published() const {
    v1::PublishedKey one;
    one.set_use("receipt");
    one.set_algorithm("ES256");
    one.set_point(core::to_string(key_->key.public_key().point()));
    return one;
  }

 private:
  std::unique_ptr<report::ReportSigner> key_;
};

}  // namespace heyan::service
