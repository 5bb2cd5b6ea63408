#!/usr/bin/env bash
# Re-checks one Fabric record by hand: openssl, protoc and sha256sum, nothing of Heyan's.
#
#   docs/re-check/fabric_block.sh BLOCK.pb TRANSACTION KEY FILE
#   docs/re-check/fabric_block.sh gateway/sample/case/proofs/block_006.pb 0 EV-2026-0001 gateway/sample/case/files/chat_log.json
#
# Prints each step with what was compared, and exits 0 only where all of them held. What it leaves to the reader: whether the
# certificates printed belong to the institutions (compare their issuers with the roots you hold), the channel's
# configuration, the endorsement policy, and more: docs/re-check-by-hand.md, "What the script leaves to you".
set -euo pipefail
if [ $# -ne 4 ]; then sed -n '4,5p' "$0" | sed 's/^#  *//' >&2; exit 2; fi
block=$(realpath -- "$1") transaction=$2 key=$3 file=$(realpath -- "$4")
proto=$(dirname "$(realpath -- "$0")")
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
export LC_ALL=C
failed=0

# field MESSAGE NAME N < message: the bytes of the N-th field NAME, wherever it stands in the message; nothing where it is absent.
field() {
  protoc -I "$proto" --decode="$1" fabric.proto | { grep -aE "^ *$2: \"" || true; } | sed -n "${3}p" |
    sed -e "s/^ *$2: \"//" -e 's/"$//' -e 's/%/%%/g' >escaped
  # shellcheck disable=SC2059  # protoc's escapes are printf's
  printf -- "$(cat escaped)"
}
count() { protoc -I "$proto" --decode="$1" fabric.proto | grep -acE "^ *$2: \"" || true; }
step() { # NAME ok|no DETAIL
  printf '%-28s %s  %s\n' "$1" "$([ "$2" = ok ] && echo 'holds   ' || echo 'DOES NOT')" "$3"
  [ "$2" = ok ] || failed=1
}
stop() { printf '%s\n' "$1" >&2; exit 1; }
case $transaction in '' | *[!0-9]*) stop "TRANSACTION is the position in the block, a number from 0: $transaction is none." ;; esac
shown() { tr -dc '[:print:]'; } # text of the block, harmless on a terminal
same() { [ "$1" = "$2" ] && echo ok || echo no; }
hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }
# signer CREATOR NAME: certificate and key of a serialised identity
signer() {
  field SerializedIdentity id_bytes 1 <"$1" >"$2.pem"
  openssl x509 -in "$2.pem" -noout -pubkey >"$2.pub"
  field SerializedIdentity mspid 1 <"$1" | shown
}

# 1. The data hash of the header is SHA-256 over all entries, one after another.
protoc -I "$proto" --decode=Block fabric.proto <"$block" >block.txt 2>/dev/null || stop "$1 is not a block."
entries=$(grep -acE '^  data: "' block.txt) || stop "The block holds no transaction."
if [ "${#transaction}" -gt 9 ] || [ "$((10#$transaction))" -ge "$entries" ]; then
  stop "The block holds $entries transactions, from 0 to $((entries - 1)): there is no transaction $transaction."
fi
transaction=$((10#$transaction))
for i in $(seq 1 "$entries"); do field Block data "$i" <"$block"; done >entries.bin
field Block data_hash 1 <"$block" >data_hash.bin
field Block previous_hash 1 <"$block" >previous_hash.bin
step 'entries -> data hash' "$(same "$(sha256sum <entries.bin | cut -c1-64)" "$(hex data_hash.bin)")" "$(hex data_hash.bin)"

# 2. An ordering organisation signed: metadata value, its signature header, the header in DER.
number=$(sed -n 's/^  number: //p' block.txt)
[ -s previous_hash.bin ] || stop "This is the first block of a channel: it is signed by nobody, and pinned by its hash instead."
printf 'asn1=SEQUENCE:h\n[h]\nn=INTEGER:%s\np=FORMAT:HEX,OCTETSTRING:%s\nd=FORMAT:HEX,OCTETSTRING:%s\n' \
  "${number:-0}" "$(hex previous_hash.bin)" "$(hex data_hash.bin)" >header.cnf
openssl asn1parse -genconf header.cnf -noout -out header.der
field Block metadata 1 <"$block" >metadata.bin
field Metadata value 1 <metadata.bin >value.bin
field Metadata signature_header 1 <metadata.bin >orderer_header.bin
field Metadata signature 1 <metadata.bin >orderer.sig
field SignatureHeader creator 1 <orderer_header.bin >orderer.id
if [ ! -s orderer.sig ] || [ ! -s orderer.id ]; then stop "No ordering organisation signed this block."; fi
orderer=$(signer orderer.id orderer)
cat value.bin orderer_header.bin header.der >ordered.bin
step 'block signed by orderer' "$(openssl dgst -sha256 -verify orderer.pub -signature orderer.sig ordered.bin >/dev/null && echo ok || echo no)" \
  "$orderer, block ${number:-0}, header hash $(sha256sum <header.der | cut -c1-64)"

# 3. The transaction: its parts, as bytes.
field Block data $((transaction + 1)) <"$block" >entry.bin
field Envelope payload 1 <entry.bin >payload.bin
field Payload channel_header 1 <payload.bin >channel_header.bin
field Payload data 1 <payload.bin >transaction.bin
id=$(field ChannelHeader tx_id 1 <channel_header.bin | shown)
channel=$(field ChannelHeader channel_id 1 <channel_header.bin | shown)
step 'transaction' "$([ -n "$id" ] && echo ok || echo no)" "$transaction of channel $channel, id ${id:-absent}"
field Transaction header 1 <transaction.bin >action_header.bin
field Transaction payload 1 <transaction.bin >action.bin
field ChaincodeActionPayload chaincode_proposal_payload 1 <action.bin >proposal_payload.bin
field ChaincodeActionPayload proposal_response_payload 1 <action.bin >response.bin
[ -s response.bin ] || stop "Transaction $transaction calls no chaincode (a configuration, say): it holds no record."

# 4. The proposal hash ties the endorsements to the channel, the client and the arguments.
field ProposalResponsePayload proposal_hash 1 <response.bin >proposal_hash.bin
step 'proposal hash' "$(same "$(cat channel_header.bin action_header.bin proposal_payload.bin | sha256sum | cut -c1-64)" "$(hex proposal_hash.bin)")" "$(hex proposal_hash.bin)"

# 5. Each endorsement signs the response and the endorser's own identity.
endorsements=$(count ChaincodeActionPayload endorser <action.bin)
[ "$endorsements" -gt 0 ] || step 'endorsements' no "nobody signed the result of this transaction"
for i in $(seq 1 "$endorsements"); do
  field ChaincodeActionPayload endorser "$i" <action.bin >endorser.id
  field ChaincodeActionPayload signature "$i" <action.bin >endorser.sig
  msp=$(signer endorser.id endorser)
  cat response.bin endorser.id >endorsed.bin
  step "endorsement $i" "$(openssl dgst -sha256 -verify endorser.pub -signature endorser.sig endorsed.bin >/dev/null && echo ok || echo no)" \
    "$msp, $(openssl x509 -in endorser.pem -noout -issuer)"
done

# 6. The record among the writes, and the file.
field ProposalResponsePayload extension 1 <response.bin >action_result.bin
field ChaincodeAction results 1 <action_result.bin >results.bin
sets=$(count TxReadWriteSet rwset <results.bin)
[ "$sets" = "$(count TxReadWriteSet namespace <results.bin)" ] || stop "A part of the result names no namespace: read it by hand."
record=''
for i in $(seq 1 "$sets"); do
  field TxReadWriteSet rwset "$i" <results.bin >set.bin
  keys=$(count KVRWSet key <set.bin)
  [ "$keys" = "$(count KVRWSet value <set.bin)" ] || stop "The transaction also deletes keys, which this script does not read: read it by hand."
  for k in $(seq 1 "$keys"); do
    [ "$(field KVRWSet key "$k" <set.bin)" = "$key" ] || continue
    field KVRWSet value "$k" <set.bin >record.json && record=record.json
    step 'record among the writes' ok "key $key, namespace $(field TxReadWriteSet namespace "$i" <results.bin | shown)"
  done
done
if [ -z "$record" ]; then
  step 'record among the writes' no "no write of $key in transaction $transaction"
else
  digest=$(sha256sum <"$file" | cut -c1-64)
  step 'file -> recorded fingerprint' "$(grep -q "\"sha256\":\"$digest\"" record.json && echo ok || echo no)" "$digest"
fi
exit "$failed"
