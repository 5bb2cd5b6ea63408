#include "tests/unit/fisco_bcos/chain.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <memory>

#include "verifier/crypto/recovery.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using core::json::Value;

constexpr std::array<std::string_view, 4> kInstitutions = {"court", "notary", "copyright",
                                                           "platform"};

std::string raw(ByteView bytes) { return core::to_string(bytes); }

// OpenSSL makes the key: those of secp256k1 sign nothing of ours but this.
crypto::SigningKey new_key(Crypto crypto) {
  if (crypto == Crypto::kSm)
    return crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2).value();
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("secp256k1"),
                                                                &EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> pem(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PrivateKey(pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::string text(BIO_ctrl_pending(pem.get()), '\0');
  BIO_read(pem.get(), text.data(), static_cast<int>(text.size()));
  return crypto::SigningKey::from_pem(text).value();
}

Account new_account(Crypto crypto) {
  auto key = new_key(crypto);
  Bytes xy = core::to_bytes(key.public_key().point().subspan(1));
  const Bytes digest = hash(crypto, xy);
  return {std::move(key), std::move(xy), core::to_bytes(ByteView(digest).last(20))};
}

std::string institution(std::size_t sealer) {
  return sealer < kInstitutions.size() ? std::string(kInstitutions.at(sealer))
                                       : "institution-" + std::to_string(sealer);
}

}  // namespace

Bytes hash(Crypto crypto, ByteView bytes) {
  const auto hasher = crypto::production_engines().first->hasher(
      crypto == Crypto::kSm ? crypto::Hash::kSm3 : crypto::Hash::kKeccak256);
  hasher->update(bytes);
  return hasher->finish();
}

std::string hex(ByteView bytes) { return "0x" + core::to_hex(bytes); }

std::string big_endian(std::uint64_t number, std::size_t octets) {
  std::string text;
  for (std::size_t i = octets; i-- > 0;) text.push_back(static_cast<char>(number >> (8 * i)));
  return text;
}

std::string word(std::uint64_t number) { return std::string(24, '\0') + big_endian(number, 8); }

std::string words(const std::string& text) {
  const std::size_t padding = (32 - text.size() % 32) % 32;
  return word(text.size()) + text + std::string(padding, '\0');
}

std::string call_of(Crypto crypto, std::string_view method, const std::vector<std::string>& texts) {
  Bytes selector = hash(crypto, core::as_bytes(method));
  selector.resize(4);
  std::string heads;
  std::string tails;
  for (const std::string& text : texts) {
    heads += word(32 * texts.size() + tails.size());
    tails += words(text);
  }
  return raw(selector) + heads + tails;
}

Chain::Chain(Crypto crypto, Generation generation, std::size_t sealers)
    : crypto_(crypto), generation_(generation) {
  for (std::size_t i = 0; i < sealers + 1; ++i) accounts_.push_back(new_account(crypto));
}

Bytes Chain::digest(ByteView bytes) const { return hash(crypto_, bytes); }

Bytes Chain::sign(const Account& account, ByteView digest) const {
  const bool sm = crypto_ == Crypto::kSm;
  const crypto::Scheme scheme{
      .kind = sm ? crypto::SignatureKind::kSm2 : crypto::SignatureKind::kEcdsaRaw,
      .hash = sm ? crypto::Hash::kSm3 : crypto::Hash::kSha256,
      .encoding = crypto::SignatureEncoding::kRs};
  Bytes signature = account.key.sign(scheme, digest).value();
  if (sm) {
    signature.insert(signature.end(), account.xy.begin(), account.xy.end());
    return signature;
  }
  for (const std::uint8_t id : {std::uint8_t{0}, std::uint8_t{1}}) {
    const auto key = crypto::recover_secp256k1(digest, signature, id);
    if (!key || !core::equal(*key, account.key.public_key().point())) continue;
    signature.push_back(id);
    break;
  }
  EXPECT_EQ(signature.size(), 65u);
  return signature;
}

Value Chain::signature_list(const Spec& block, ByteView header_hash,
                            std::string_view index_name) const {
  Value signatures{Value::Array{}};
  for (const int index : block.signers) {
    Bytes signature = sign(sealer(static_cast<std::size_t>(index)), header_hash);
    if (crypto_ == Crypto::kSm && generation_ == Generation::k3) signature.resize(64);
    Value entry;
    entry.set(index_name, index).set("signature", hex(signature));
    signatures.push(std::move(entry));
  }
  return signatures;
}

std::vector<Value> Chain::proofs(const Spec& block, const std::vector<std::string>& inputs) const {
  return generation_ == Generation::k2 ? proofs_2(block, inputs) : proofs_3(block, inputs);
}

Value Chain::proof(const Spec& spec) const { return proofs(spec, {spec.input}).front(); }

std::string Chain::trust(const std::string& record, const std::string& fisco,
                         const std::string& sealer_extra) const {
  std::string text =
      "[list]\nid = \"test\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2036-01-01T00:00:00Z\n";
  for (std::size_t i = 0; i < std::max(sealers(), kInstitutions.size()); ++i)
    text += "[[institution]]\nid = \"" + institution(i) + "\"\nkind = \"other\"\n";
  text +=
      "[[quorum]]\nid = \"q\"\nat_least = 3\n"
      "of = [\"court\", \"notary\", \"copyright\", \"platform\"]\n"
      "[[quorum]]\nid = \"two\"\nat_least = 2\nof = [\"court\", \"notary\", \"copyright\"]\n"
      "[[ledger]]\nid = \"chain\"\nformat = \"fisco-bcos\"\nquorum = \"q\"\n" +
      record + "[ledger.fisco-bcos]\nversion = " + (generation_ == Generation::k2 ? "2" : "3") +
      "\ncrypto = \"" + (crypto_ == Crypto::kSm ? "sm" : "ecdsa") + "\"\ncontracts = [\"" +
      std::string(kContract) + "\"]\n" + fisco;
  for (std::size_t i = 0; i < sealers(); ++i) {
    text += "[[ledger.fisco-bcos.sealer]]\nnode_id = \"" + core::to_hex(sealer(i).xy) +
            "\"\ninstitution = \"" + institution(i) + "\"\n" + sealer_extra;
  }
  return text;
}

std::string plain_record(Crypto crypto) {
  return "[ledger.record]\nmethod = \"" + std::string(kPlainMethod) + "\"\ndigest = { \"" +
         (crypto == Crypto::kSm ? "sm3" : "sha-256") + "\" = \"0\" }\nid = \"1\"\n";
}

std::string signed_record() {
  return "[ledger.record]\nmethod = \"" + std::string(kSignedMethod) +
         "\"\ndigest = { \"sha-256\" = \"0\" }\nid = \"2\"\n";
}

Bytes bytes_of(const Value& proof) { return core::to_bytes(core::json::write_canonical(proof)); }

}  // namespace heyan::ledgers::fisco_bcos::testing
