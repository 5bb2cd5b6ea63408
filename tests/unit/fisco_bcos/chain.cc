#include "tests/unit/fisco_bcos/chain.h"

#include <gtest/gtest.h>

#include <array>

#include "verifier/crypto/recovery.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using core::json::Value;

constexpr std::array<std::string_view, 4> kInstitutions = {"court", "notary", "copyright",
                                                           "platform"};

// Keys of secp256k1, made for these tests alone.
constexpr std::array<std::string_view, 5> kTestKeys = {
    "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQghIIxH8Js+rEOF2XhVqnSbHQU4kdQ6QS8MXX72pTsga6hRANCAA"
    "QTqJGVT9SOIp9iaCSBDZuiMSaKePMjCpD/pvWfjD5t3c/OejrAvxZt6K4P1Tp6I37pYXx3dU1PS1psNC3U0PKw",
    "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgK0RnO09cKoMkL1fn0DQY3uGQ7dp+TVp6uKOTBPSwMC+hRANCAA"
    "Q4EQYxPT568voPmqKITOVJksj19JwLdvTVhMf+A/8zsE9Appc1xd2gkbBnk7q3boHTiCzi/UrDfH2Jcgv932s8",
    "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgzxbOD8pA3a6GfAt3r1gjFz4EJxoan/e2C350L147uTehRANCAA"
    "QxNYXHU8ZjLMfFIk3BkKix6dnQGSnDm4XoYP7levy0M+3xjOvmwjueh15pppkfqdN6iazSNURe6W3Zktswe+gZ",
    "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgRYJhS6CkrPcqGifoYVOqFaBX9Vr+KyFTfn+Zz2EWAGmhRANCAA"
    "SC/uABg68kqa2SixTybC8kmloncwcDwMc86ByumWdkjTpPZYOtMR0nEkbzF0BnzpXdgvgg7pBsBA7XiMJ1TiMB",
    "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgHVOSMUCZXSahJ4y310MNNsKLQuCNFuitYk3qFc4ByxmhRANCAA"
    "RK0RQTixeLBQP6XRFAY6QQJ86aDRkXrnMRVFW1pUcDd7us4MWhRZSeOGg2Wz6cNXN4Esz55RKf9jalgDrU4lhG"};

std::string big_endian(std::uint64_t number, std::size_t octets) {
  std::string text;
  for (std::size_t i = octets; i-- > 0;) text.push_back(static_cast<char>(number >> (8 * i)));
  return text;
}

std::string raw(ByteView bytes) { return core::to_string(bytes); }

Account account_of(Crypto crypto, std::size_t i) {
  auto key = crypto == Crypto::kSm ? crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2)
                                   : crypto::SigningKey::from_pem("-----BEGIN PRIVATE KEY-----\n" +
                                                                  std::string(kTestKeys.at(i)) +
                                                                  "\n-----END PRIVATE KEY-----\n");
  Bytes xy = core::to_bytes(key->public_key().point().subspan(1));
  const Bytes digest = hash(crypto, xy);
  return {*std::move(key), std::move(xy), core::to_bytes(ByteView(digest).last(20))};
}

Value hex_array(const std::vector<std::string>& texts) {
  Value array{Value::Array{}};
  for (const std::string& text : texts) array.push(text);
  return array;
}

}  // namespace

Bytes hash(Crypto crypto, ByteView bytes) {
  const auto hasher = crypto::production_engines().first->hasher(
      crypto == Crypto::kSm ? crypto::Hash::kSm3 : crypto::Hash::kKeccak256);
  hasher->update(bytes);
  return hasher->finish();
}

std::string hex(ByteView bytes) { return "0x" + core::to_hex(bytes); }

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

Chain::Chain(Crypto crypto) : crypto_(crypto) {
  for (std::size_t i = 0; i < 5; ++i) accounts_.push_back(account_of(crypto, i));
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
    if (!key || *key != account.key.public_key()) continue;
    signature.push_back(id);
    break;
  }
  EXPECT_EQ(signature.size(), 65u);
  return signature;
}

Value Chain::proof(const Spec& spec) const {
  const Account& sender = spec.sender != nullptr ? *spec.sender : client();
  const Bytes transaction_hash =
      digest(core::as_bytes(big_endian(0, 4) + spec.chain_id + "group0" + big_endian(600, 8) +
                            spec.nonce + spec.to + spec.input));
  const Bytes receipt_hash =
      digest(core::as_bytes(big_endian(0, 4) + "21000" + spec.created + big_endian(spec.status, 4) +
                            big_endian(spec.number, 8)));
  std::string header = big_endian(0x03020000, 4) + big_endian(spec.number - 1, 8) +
                       std::string(32, 'p') + raw(transaction_hash) + raw(receipt_hash) +
                       std::string(32, 's') + big_endian(spec.number, 8) + "21000" +
                       big_endian(spec.timestamp_ms, 8) + big_endian(0, 8);
  Value sealers{Value::Array{}};
  Value weights{Value::Array{}};
  for (std::size_t i = 0; i < 4; ++i) {
    header += raw(sealer(i).xy);
    sealers.push(hex(sealer(i).xy));
  }
  for (const std::uint64_t weight : spec.weights) {
    header += big_endian(weight, 8);
    weights.push(weight);
  }
  const Bytes header_hash = digest(core::as_bytes(header));
  Value signatures{Value::Array{}};
  for (const int index : spec.signers) {
    Bytes signature = sign(sealer(static_cast<std::size_t>(index)), header_hash);
    if (crypto_ == Crypto::kSm) signature.resize(64);
    Value entry;
    entry.set("sealerIndex", index).set("signature", hex(signature));
    signatures.push(std::move(entry));
  }
  Value parent;
  parent.set("blockNumber", spec.number - 1).set("blockHash", hex(Bytes(32, 'p')));
  Value parents{Value::Array{}};
  parents.push(std::move(parent));
  Value block;
  block.set("version", std::uint64_t{0x03020000}).set("parentInfo", std::move(parents));
  block.set("txsRoot", hex(transaction_hash)).set("receiptsRoot", hex(receipt_hash));
  block.set("stateRoot", hex(Bytes(32, 's'))).set("number", spec.number).set("gasUsed", "21000");
  block.set("timestamp", spec.timestamp_ms).set("sealer", 0).set("extraData", "0x");
  block.set("sealerList", std::move(sealers)).set("consensusWeights", std::move(weights));
  block.set("hash", hex(header_hash)).set("signatureList", std::move(signatures));
  Value transaction;
  transaction.set("version", 0).set("chainID", spec.chain_id).set("groupID", "group0");
  transaction.set("blockLimit", 600).set("nonce", spec.nonce).set("to", spec.to);
  transaction.set("input", hex(core::as_bytes(spec.input))).set("abi", "");
  transaction.set("from", hex(sender.address)).set("hash", hex(transaction_hash));
  transaction.set("signature", hex(sign(sender, transaction_hash)));
  transaction.set("txProof", hex_array({core::to_hex(transaction_hash)}));
  Value receipt;
  receipt.set("version", 0).set("gasUsed", "21000").set("contractAddress", spec.created);
  receipt.set("status", std::uint64_t{spec.status}).set("output", "0x");
  receipt.set("logEntries", Value{Value::Array{}}).set("blockNumber", spec.number);
  receipt.set("hash", hex(receipt_hash));
  receipt.set("txReceiptProof", hex_array({core::to_hex(receipt_hash)}));
  Value proof;
  proof.set("schema", "heyan.fisco-proof.v1").set("block_header", std::move(block));
  proof.set("transaction", std::move(transaction)).set("receipt", std::move(receipt));
  return proof;
}

std::string Chain::trust(const std::string& record, const std::string& fisco,
                         const std::string& sealer_extra) const {
  std::string text =
      "[list]\nid = \"test\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2036-01-01T00:00:00Z\n";
  for (const std::string_view id : kInstitutions)
    text += "[[institution]]\nid = \"" + std::string(id) + "\"\nkind = \"other\"\n";
  text +=
      "[[quorum]]\nid = \"q\"\nat_least = 3\n"
      "of = [\"court\", \"notary\", \"copyright\", \"platform\"]\n"
      "[[quorum]]\nid = \"two\"\nat_least = 2\nof = [\"court\", \"notary\", \"copyright\"]\n"
      "[[ledger]]\nid = \"chain\"\nformat = \"fisco-bcos\"\nquorum = \"q\"\n" +
      record + "[ledger.fisco-bcos]\nversion = 3\ncrypto = \"" +
      (crypto_ == Crypto::kSm ? "sm" : "ecdsa") + "\"\ncontracts = [\"" + std::string(kContract) +
      "\"]\n" + fisco;
  for (std::size_t i = 0; i < 4; ++i) {
    text += "[[ledger.fisco-bcos.sealer]]\nnode_id = \"" + core::to_hex(sealer(i).xy) +
            "\"\ninstitution = \"" + std::string(kInstitutions.at(i)) + "\"\n" + sealer_extra;
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
