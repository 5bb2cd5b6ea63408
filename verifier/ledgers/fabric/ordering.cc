#include "verifier/ledgers/fabric/ordering.h"

#include <algorithm>
#include <utility>

#include "verifier/ledgers/fabric/transaction.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::string_view kBlockValidation = "/Channel/Orderer/BlockValidation";

// Who claims to have signed, by certificate or by consenter number. Nothing where a header is
// unreadable: Fabric refuses the whole set then.
std::optional<std::vector<Claim>> read_claims(const BlockSignatures& signatures, ByteView header,
                                              const ChannelConfig& config, Identities& identities) {
  std::vector<Claim> claims;
  for (const MetadataSignature& one : signatures.signatures) {
    Claim claim;
    claim.signature = one.signature;
    if (one.signature_header.empty() && !one.identifier_header.empty() &&
        config.has_consenter_numbers()) {
      const auto number = parse_identifier(one.identifier_header);
      if (!number) return std::nullopt;
      const Consenter* consenter = config.consenter(*number);
      if (consenter == nullptr) continue;
      claim.identity = &identities.resolve(config, consenter->msp, consenter->certificate);
      claim.message = {signatures.value, one.identifier_header, header};
    } else {
      const auto signer = parse_signature_header(one.signature_header);
      if (!signer) return std::nullopt;
      claim.identity = &identities.resolve(config, signer->creator);
      claim.message = {signatures.value, one.signature_header, header};
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

using Signer = std::pair<std::string, Bytes>;  // MSP and key

std::optional<Signer> signer_of(const Identity& identity) {
  if (!identity.certificate) return std::nullopt;
  return Signer{identity.msp, core::to_bytes(identity.certificate->key().sha256())};
}

// Further copies repeat signers that are known to be good: those are not verified again.
void check_copy(const Block& copy, ByteView header, const ChannelConfig& config,
                Identities& identities, std::set<Signer>& good, OrderingCheck& result) {
  const auto claims = read_claims(*copy.signatures, header, config, identities);
  if (!claims) return;
  std::vector<Claim> fresh;
  for (const Claim& claim : *claims) {
    const auto signer = signer_of(*claim.identity);
    if (signer && good.contains(*signer)) {
      result.signers.push_back({.identity = claim.identity, .duplicate = true, .signature = {}});
    } else {
      fresh.push_back(claim);
    }
  }
  for (const SignerCheck& signer : check_signers(fresh, config, identities.verifier())) {
    if (signer.good()) good.insert(*signer_of(*signer.identity));
    result.signers.push_back(signer);
  }
}

}  // namespace

bool may_order(const Identity& identity, const ChannelConfig& config) {
  if (!config.is_orderer_org(identity.msp)) return false;
  if (identity.role == NodeRole::kOrderer) return true;
  const SignaturePolicy* policy = config.signature_policy(kBlockValidation);
  return policy != nullptr &&
         std::ranges::any_of(policy->principals(), [&](const Principal& principal) {
           return principal.kind == Principal::Kind::kIdentity && satisfies(identity, principal);
         });
}

Bytes header_hash(const BlockHeader& header, Verifier& verifier) {
  return verifier.digest(verifier.profile().header_hash, encode_header(header));
}

Reasons check_data(const Block& block, Verifier& verifier) {
  Reasons reasons;
  const Bytes hash = verifier.digest(verifier.profile().data_hash, block.entries);
  if (hash.empty() || !core::equal(hash, block.header.data_hash)) reasons.insert(Reason::kDataHash);
  const bool canonical = std::ranges::all_of(block.entries, is_canonical_envelope);
  if (!canonical && !is_config_block(block)) reasons.insert(Reason::kTxEncoding);
  return reasons;
}

bool is_config_block(const Block& block) {
  if (block.entries.size() != 1) return false;
  const auto envelope = parse_envelope(block.entries.front());
  if (!envelope) return false;
  const auto payload = parse_payload(envelope->payload);
  if (!payload) return false;
  const auto header = parse_header(payload->header);
  return header && header->channel.type == kConfig;
}

OrderingCheck check_block(std::span<const Block* const> copies, std::uint64_t config_number,
                          const ChannelConfig& config, Identities& identities,
                          const Reasons* data) {
  Verifier& verifier = identities.verifier();
  const Block& block = *copies.front();
  OrderingCheck result;
  result.reasons = data != nullptr ? *data : check_data(block, verifier);
  const Bytes header = encode_header(block.header);
  result.header_hash = verifier.digest(verifier.profile().header_hash, header);
  if (block.signatures && block.signatures->last_config != config_number) {
    result.reasons.insert(Reason::kConfigMismatch);
  }
  std::set<Signer> good;
  for (const Block* copy : copies) {
    // Further copies count only where they name the same config.
    if (!copy->signatures) continue;
    if (copy != &block && copy->signatures->last_config != config_number) continue;
    check_copy(*copy, header, config, identities, good, result);
  }

  std::vector<const Identity*> orderers;
  for (const Identity* identity : good_identities(result.signers)) {
    if (!may_order(*identity, config)) continue;
    orderers.push_back(identity);
    result.organisations.insert(identity->msp);
  }
  const bool signed_well = !orderers.empty() && config.satisfied(kBlockValidation, orderers);
  if (!signed_well) result.reasons.insert(Reason::kOrdererSignature);
  if (result.reasons.empty() && !result.header_hash.empty()) {
    result.authenticated = AuthenticatedBlock(block, result.header_hash);
  }
  return result;
}

}  // namespace heyan::ledgers::fabric
