// One page of a stored PDF as a picture, or why there is none.
//
// Threat: what a browser would make of a party's PDF itself; it never gets one to show. Any thread;
// draw_page blocks.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/http/problem.h"
#include "gateway/http/target.h"
#include "gateway/service/drawing.h"
#include "gateway/service/served_file.h"

namespace heyan::api {

// "?page=12", or "?page=12&width=600" for a picture so many pixels wide; page 1 without. Nothing
// where that, or another parameter, is not understood.
std::optional<v1::DrawAsk> page_asked(const http::Target& target);

// Nothing is drawn of bytes that are not those that were received: kChanged. kIo: nobody draws now.
core::Result<v1::DrawGets> draw_page(ipc::Doors& drawers, service::ServedFile& file,
                                     const v1::DrawAsk& ask);

http::ProblemDocument problem_of(v1::DrawFault fault);

// The same for who sees a frame instead of a picture, in both languages: nobody there says in
// which.
std::string_view frame_words_of(v1::DrawFault fault);

}  // namespace heyan::api
