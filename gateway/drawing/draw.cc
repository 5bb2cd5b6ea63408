#include "gateway/drawing/draw.h"

#include <algorithm>

#include "gateway/drawing/pdf_file.h"
#include "gateway/os/folder.h"
#include "gateway/worker/parent.h"
#include "heyan/v1/drawing.pb.h"

namespace heyan::drawing {
namespace {

v1::DrawGets fault(v1::DrawFault what) {
  v1::DrawGets gets;
  gets.set_fault(what);
  return gets;
}

v1::DrawGets draw(const v1::DrawAsk& ask, os::Descriptor descriptor) {
  const auto state = os::state_of(descriptor);
  if (!state) return fault(v1::DRAW_FAULT_UNREADABLE);
  os::MemorySink sink(kMostFileBytes);
  if (!os::OpenFile(std::move(descriptor), *state).read_all(sink)) {
    return fault(v1::DRAW_FAULT_LIMIT);
  }
  const core::Bytes bytes = std::move(sink).take();
  const auto file = PdfFile::open(bytes);
  if (!file) return fault(file.error());
  v1::DrawGets gets;
  if (ask.page() != 0) {
    if (ask.page() > static_cast<std::uint32_t>(file->pages())) {
      return fault(v1::DRAW_FAULT_NO_SUCH_PAGE);
    }
    auto picture = file->draw(static_cast<int>(ask.page()),
                              static_cast<int>(std::min<std::uint32_t>(ask.width(), kMostPixels)));
    if (!picture) return fault(picture.error());
    gets.set_picture(*std::move(picture));
  }
  gets.set_pages(static_cast<std::uint32_t>(file->pages()));
  return gets;
}

}  // namespace

bool run_draw(ipc::Channel channel) {
  auto ask = channel.receive_with_descriptor<v1::DrawAsk>(ipc::MessageType::kDrawAsk,
                                                          ipc::within(std::chrono::seconds(30)));
  if (!ask) return worker::was_a_knock(ask.error());
  if (!ask->descriptor.is_open()) return false;
  const v1::DrawGets gets = draw(ask->message, std::move(ask->descriptor));
  return worker::said_or_unwanted(
      channel.send(ipc::MessageType::kDrawGets, gets, -1, ipc::within(std::chrono::seconds(30))));
}

void tell_draw_lost(ipc::Channel front) {
  // Where it does not listen there is nobody to tell.
  static_cast<void>(front.send(ipc::MessageType::kDrawGets, fault(v1::DRAW_FAULT_LIMIT), -1,
                               ipc::within(std::chrono::seconds(1))));
}

}  // namespace heyan::drawing
