#include "gateway/egress/scans.h"

#include "gateway/egress/clamd.h"

namespace heyan::egress {

int serve_scans(const std::optional<ops::Scanner>& scanner, ipc::Channel asker) {
  while (true) {
    const auto ask = asker.receive_with_descriptor<v1::ScanAsk>(ipc::MessageType::kScanAsk);
    if (!ask) return ask.error().code == core::ErrorCode::kNotFound ? 0 : 1;
    v1::ScanGets gets;
    gets.set_id(ask->message.id());
    if (!scanner) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_UNKNOWN_LEDGER);
    } else if (auto said = ask->descriptor.is_open()
                               ? scan(*scanner, ask->descriptor.get(), ask->message.size())
                               : ask_whether_there(*scanner)) {
      *gets.mutable_said() = *std::move(said);
    } else {
      *gets.mutable_failure() = std::move(said).error();
    }
    if (!asker.send(ipc::MessageType::kScanGets, gets)) return 0;
  }
}

}  // namespace heyan::egress
