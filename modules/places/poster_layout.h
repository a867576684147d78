// Where things are on the poster: millimetres from the top left corner of an A4 sheet. Used by both writers.

#pragma once

namespace luytre::places::layout {

inline constexpr double kWidth = 210, kHeight = 297;
inline constexpr double kMargin = 14;

struct Line {
  double baseline;  // from the top
  double size;      // of the letters, in mm
  bool bold;
};

inline constexpr Line kTitle{19, 7.2, true};
inline constexpr Line kSubtitle{26, 4.2, false};
inline constexpr Line kName{39, 8.4, true};  // shrinks to fit, down to kSmallestName
inline constexpr double kSmallestName = 4.6;
inline constexpr Line kAddress{46.5, 4.2, false};
inline constexpr double kSmallestAddress = 2.6;
inline constexpr Line kZone{55, 6.2, true};
inline constexpr double kQrTop = 65;
inline constexpr Line kCodeLabel{229, 4.2, false};
inline constexpr Line kCode{241, 11.5, true};
inline constexpr Line kHowTo{252, 3.9, false};
inline constexpr double kHowToStep = 6.1;
inline constexpr Line kFooter{288, 3.1, false};

inline constexpr const char* kTitleText = "QUÉT MÃ KHI ĐẾN VÀ KHI VỀ";
inline constexpr const char* kSubtitleText = "Scan this code when you arrive and when you leave";
inline constexpr const char* kCodeLabelText = "Không quét được? Nhập mã này · Camera fails? Type this code";
inline constexpr const char* kHowToTexts[] = {
    "1. Mở máy ảnh hoặc ứng dụng Lũy Tre và quét mã. Chọn tên mình hoặc người nhà, bấm “Vào”.",
    "    Open your camera or the Lũy Tre app and scan. Choose yourself or a family member, tap “Check in”.",
    "2. Khi về, quét lại hoặc bấm “Ra”. Không có điện thoại? Nhờ người quản lý ghi giúp.",
    "    When leaving, scan again or tap “Check out”. No phone? Ask the keeper to record it for you.",
};
inline constexpr const char* kFooterText = "Mã này không chứa thông tin cá nhân · This code holds no personal data";

}  // namespace luytre::places::layout
