// The words that pages have and the document has not. Internal to gateway/pdf.
#pragma once

#include "schemas/catalogue/catalogue.h"

namespace heyan::pdf {

inline constexpr catalogue::Text kReportNumber{"报告编号", "Report"};
inline constexpr catalogue::Text kReceiptNumber{"回执编号", "Receipt"};
inline constexpr catalogue::Text kPageOf{"第 {} 页，共 {} 页", "page {} of {}"};
inline constexpr catalogue::Text kDraftMark{"草稿，未签名", "Draft, not signed"};
inline constexpr catalogue::Text kDraftNotice{
    "草稿：本文件未经签名，任何人都可以作出或者更改；请以已签名的报告为准。",
    "Draft: this file is not signed; anybody could have made or changed it. Go by the signed "
    "report."};
inline constexpr catalogue::Text kCheckTitle{"核对本报告", "Check this report"};
inline constexpr catalogue::Text kCheckText{
    "二维码是已签名的短陈述，无需联网即可核对：将扫描所得文字交给 heyan report verify --qr，"
    "并与本页对照。本文件附有签名报告的原件（report.jws）和其内容（report.json）；以该内容为准。",
    "The code is a short signed statement that needs no network: give what a scanner reads to "
    "heyan report verify --qr and compare it with this page. The signed report (report.jws) and "
    "its content (report.json) are attached to this file; that content is the original."};
inline constexpr catalogue::Text kPayloadDigest{"载荷指纹 SHA-256", "Payload SHA-256"};
inline constexpr catalogue::Text kContinued{"（续下页）", "(continued on the next page)"};
inline constexpr catalogue::Text kCodeDescription{
    "二维码：已签名的短陈述，文字与附件中的报告一致。",
    "QR code: a short signed statement of what the attached report says."};

}  // namespace heyan::pdf
