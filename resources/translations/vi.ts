<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context>
    <name>AcceptBox</name>
    <message>
        <source>In a few words, then F9</source>
        <translation>Ghi ngắn gọn, rồi bấm F9</translation>
    </message>
    <message>
        <source>Why it is received all the same</source>
        <translation>Lý do vẫn tiếp nhận</translation>
    </message>
    <message>
        <source>Will be brought later</source>
        <translation>Sẽ nộp bổ sung sau</translation>
    </message>
    <message>
        <source>The person has none</source>
        <translation>Người nộp không có</translation>
    </message>
    <message>
        <source>Checked, it is right</source>
        <translation>Đã kiểm tra, đúng</translation>
    </message>
</context>
<context>
    <name>ActDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Today</source>
        <translation>Hôm nay</translation>
    </message>
    <message>
        <source>Intake</source>
        <translation>Tiếp nhận</translation>
    </message>
    <message>
        <source>Certification</source>
        <translation>Chứng thực</translation>
    </message>
    <message>
        <source>Dossiers</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Return results</source>
        <translation>Trả kết quả</translation>
    </message>
    <message>
        <source>Digitise</source>
        <translation>Số hóa</translation>
    </message>
    <message>
        <source>Books</source>
        <translation>Sổ sách</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Báo cáo</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Danh mục</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Quản trị</translation>
    </message>
    <message>
        <source>Hand over by scanning</source>
        <translation>Bàn giao bằng quét mã</translation>
    </message>
    <message>
        <source>Scan or search</source>
        <translation>Quét hoặc tìm</translation>
    </message>
    <message>
        <source>Scan documents</source>
        <translation>Quét giấy tờ</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Tất cả phím</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Khung kế tiếp</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Chữ to hơn</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Chữ nhỏ hơn</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Giao diện sáng</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Giao diện tối</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Tương phản cao</translation>
    </message>
    <message>
        <source>Theme of this machine</source>
        <translation>Theo giao diện của máy</translation>
    </message>
    <message>
        <source>Tiếng Việt / English</source>
        <translation>Tiếng Việt / English</translation>
    </message>
    <message>
        <source>Earlier notices</source>
        <translation>Thông báo đã qua</translation>
    </message>
    <message>
        <source>Print queue</source>
        <translation>Hàng đợi in</translation>
    </message>
    <message>
        <source>Dossier numbers</source>
        <translation>Số hồ sơ</translation>
    </message>
    <message>
        <source>Messages to citizens</source>
        <translation>Tin báo cho người dân</translation>
    </message>
    <message>
        <source>Complaints and suggestions</source>
        <translation>Phản ánh, kiến nghị</translation>
    </message>
    <message>
        <source>Ratings on paper</source>
        <translation>Phiếu đánh giá trên giấy</translation>
    </message>
    <message>
        <source>To be typed into ministries&apos; programs</source>
        <translation>Chờ nhập vào phần mềm của bộ, ngành</translation>
    </message>
    <message>
        <source>End of the day</source>
        <translation>Kết thúc ngày</translation>
    </message>
    <message>
        <source>List of all procedures for the wall</source>
        <translation>Danh mục thủ tục để niêm yết</translation>
    </message>
    <message>
        <source>Count the day&apos;s money</source>
        <translation>Đối chiếu tiền cuối ngày</translation>
    </message>
    <message>
        <source>New catalogue</source>
        <translation>Danh mục mới</translation>
    </message>
    <message>
        <source>New calendar</source>
        <translation>Lịch mới</translation>
    </message>
    <message>
        <source>Settings of this desk</source>
        <translation>Thiết lập của quầy</translation>
    </message>
    <message>
        <source>Messages to citizens: settings</source>
        <translation>Thiết lập tin báo cho người dân</translation>
    </message>
    <message>
        <source>Reports: settings</source>
        <translation>Thiết lập báo cáo</translation>
    </message>
    <message>
        <source>Units of the commune</source>
        <translation>Các bộ phận của xã</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <source>Steps of procedures</source>
        <translation>Quy trình giải quyết</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Nhật ký truy vết</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>Đổi mật khẩu</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>Khóa màn hình</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Đăng xuất</translation>
    </message>
    <message>
        <source>Receive and print</source>
        <translation>Tiếp nhận và in</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>Tạm cất</translation>
    </message>
    <message>
        <source>Recall parked</source>
        <translation>Lấy lại bản cất</translation>
    </message>
    <message>
        <source>All papers present</source>
        <translation>Đủ giấy tờ</translation>
    </message>
    <message>
        <source>More details</source>
        <translation>Thêm chi tiết</translation>
    </message>
    <message>
        <source>Clear the form</source>
        <translation>Xóa biểu</translation>
    </message>
    <message>
        <source>Show the slip large</source>
        <translation>Xem giấy tiếp nhận</translation>
    </message>
    <message>
        <source>Refuse to take it in</source>
        <translation>Từ chối tiếp nhận</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>Receive, print and enter</source>
        <translation>Nhận, in và vào sổ</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Người yêu cầu</translation>
    </message>
    <message>
        <source>Copy, signature …</source>
        <translation>Bản sao, chữ ký…</translation>
    </message>
    <message>
        <source>Cash, code, exempt</source>
        <translation>Tiền mặt, mã QR, miễn</translation>
    </message>
    <message>
        <source>Signed, hand back</source>
        <translation>Đã ký, trả ngay</translation>
    </message>
    <message>
        <source>Who signs, electronic …</source>
        <translation>Người ký, bản điện tử…</translation>
    </message>
    <message>
        <source>Strike a number</source>
        <translation>Hủy số</translation>
    </message>
    <message>
        <source>Signing list</source>
        <translation>Danh sách trình ký</translation>
    </message>
    <message>
        <source>Take the line out</source>
        <translation>Bỏ dòng</translation>
    </message>
    <message>
        <source>Open the dossier</source>
        <translation>Mở hồ sơ</translation>
    </message>
    <message>
        <source>Reprint</source>
        <translation>In lại</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Đồng bộ</translation>
    </message>
    <message>
        <source>Separator sheet for stacks</source>
        <translation>Tờ phân cách hồ sơ để quét</translation>
    </message>
    <message>
        <source>Sign digitised papers</source>
        <translation>Ký số giấy tờ đã số hóa</translation>
    </message>
    <message>
        <source>Signatures of a PDF</source>
        <translation>Chữ ký số của tệp PDF</translation>
    </message>
    <message>
        <source>Scanners of this PC</source>
        <translation>Máy quét của máy tính này</translation>
    </message>
    <message>
        <source>Export to Excel</source>
        <translation>Xuất Excel</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Xóa tìm</translation>
    </message>
    <message>
        <source>The main act</source>
        <translation>Việc chính</translation>
    </message>
    <message>
        <source>Accept the online dossier</source>
        <translation>Tiếp nhận hồ sơ trực tuyến</translation>
    </message>
    <message>
        <source>Print what the province asks for</source>
        <translation>In giấy tỉnh đề nghị</translation>
    </message>
    <message>
        <source>Record the result</source>
        <translation>Ghi có kết quả</translation>
    </message>
    <message>
        <source>Ask for papers</source>
        <translation>Yêu cầu bổ sung</translation>
    </message>
    <message>
        <source>Papers were brought</source>
        <translation>Đã nộp bổ sung</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Bàn giao</translation>
    </message>
    <message>
        <source>Complete a step</source>
        <translation>Hoàn thành bước</translation>
    </message>
    <message>
        <source>Decide and return at once</source>
        <translation>Giải quyết tại chỗ</translation>
    </message>
    <message>
        <source>Return the result</source>
        <translation>Trả kết quả</translation>
    </message>
    <message>
        <source>Send by post</source>
        <translation>Gửi bưu chính</translation>
    </message>
    <message>
        <source>The parcel was delivered</source>
        <translation>Bưu chính đã phát</translation>
    </message>
    <message>
        <source>Collect a fee</source>
        <translation>Thu phí, lệ phí</translation>
    </message>
    <message>
        <source>Give a fee back</source>
        <translation>Hoàn phí</translation>
    </message>
    <message>
        <source>Extend and apologise</source>
        <translation>Gia hạn và xin lỗi</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Đính chính</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Từ chối tiếp nhận</translation>
    </message>
    <message>
        <source>Halt</source>
        <translation>Dừng giải quyết</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Rút hồ sơ</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Đánh giá</translation>
    </message>
    <message>
        <source>Link dossiers</source>
        <translation>Liên thông hồ sơ</translation>
    </message>
    <message>
        <source>Second code</source>
        <translation>Mã thứ hai</translation>
    </message>
    <message>
        <source>Take the last act back</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>Digitised papers</source>
        <translation>Giấy tờ số hóa</translation>
    </message>
    <message>
        <source>Forms of this dossier</source>
        <translation>Biểu mẫu của hồ sơ</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Show the identity number</source>
        <translation>Xem số định danh</translation>
    </message>
    <message>
        <source>To the list</source>
        <translation>Về danh sách</translation>
    </message>
    <message>
        <source>Receiver</source>
        <translation>Người nhận</translation>
    </message>
    <message>
        <source>Everything came back</source>
        <translation>Đã thu đủ</translation>
    </message>
    <message>
        <source>Print a receipt</source>
        <translation>In giấy biên nhận</translation>
    </message>
    <message>
        <source>Record and print the list</source>
        <translation>Bàn giao và in phiếu</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Làm lại từ đầu</translation>
    </message>
    <message>
        <source>File the stack</source>
        <translation>Lưu vào hồ sơ</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Xoay</translation>
    </message>
    <message>
        <source>Delete or restore</source>
        <translation>Xóa hoặc lấy lại trang</translation>
    </message>
    <message>
        <source>Split here</source>
        <translation>Tách bộ tại đây</translation>
    </message>
    <message>
        <source>Join with the set before</source>
        <translation>Gộp với bộ trước</translation>
    </message>
    <message>
        <source>Dossier of the set</source>
        <translation>Hồ sơ của bộ này</translation>
    </message>
    <message>
        <source>Which paper is which page…</source>
        <translation>Trang nào là giấy tờ nào…</translation>
    </message>
    <message>
        <source>Number, day, signer…</source>
        <translation>Số, ngày, người ký…</translation>
    </message>
    <message>
        <source>Move earlier</source>
        <translation>Chuyển lên trước</translation>
    </message>
    <message>
        <source>Move later</source>
        <translation>Chuyển ra sau</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Làm lại</translation>
    </message>
    <message>
        <source>Clean-up on or off</source>
        <translation>Bật, tắt làm sạch</translation>
    </message>
    <message>
        <source>File a blank page, or hide it</source>
        <translation>Lưu hoặc ẩn trang trắng</translation>
    </message>
    <message>
        <source>Scan in behind this page</source>
        <translation>Quét chèn sau trang này</translation>
    </message>
    <message>
        <source>Scan again in its place</source>
        <translation>Quét lại trang này</translation>
    </message>
    <message>
        <source>Read files…</source>
        <translation>Đọc tệp…</translation>
    </message>
    <message>
        <source>Read files in behind this page…</source>
        <translation>Chèn tệp sau trang này…</translation>
    </message>
    <message>
        <source>Put fronts and backs together…</source>
        <translation>Ghép mặt trước, mặt sau…</translation>
    </message>
    <message>
        <source>As it came (hold)</source>
        <translation>Xem bản gốc (giữ phím)</translation>
    </message>
    <message>
        <source>Divide by codes anew</source>
        <translation>Chia lại theo mã</translation>
    </message>
    <message>
        <source>Divide by pages…</source>
        <translation>Chia theo số trang…</translation>
    </message>
    <message>
        <source>Way of scanning</source>
        <translation>Cách quét</translation>
    </message>
    <message>
        <source>Other stacks</source>
        <translation>Xấp khác</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>Xấp mới</translation>
    </message>
    <message>
        <source>Look for scanners</source>
        <translation>Tìm máy quét</translation>
    </message>
    <message>
        <source>Throw the stack away</source>
        <translation>Bỏ xấp quét</translation>
    </message>
    <message>
        <source>Stop, or back</source>
        <translation>Dừng hoặc quay lại</translation>
    </message>
    <message>
        <source>Print the next page</source>
        <translation>In trang tiếp theo</translation>
    </message>
    <message>
        <source>Turn the page</source>
        <translation>Lật trang</translation>
    </message>
    <message>
        <source>Go to number</source>
        <translation>Tới số thứ tự</translation>
    </message>
    <message>
        <source>Shelf, retention, archive</source>
        <translation>Hộp cặp, thời hạn lưu, nộp lưu</translation>
    </message>
    <message>
        <source>Freeze and print</source>
        <translation>Chốt và in</translation>
    </message>
    <message>
        <source>Dossiers of the figure</source>
        <translation>Xem hồ sơ của ô</translation>
    </message>
    <message>
        <source>Other period</source>
        <translation>Kỳ khác</translation>
    </message>
    <message>
        <source>Settle the first matter</source>
        <translation>Xử lý việc đầu tiên</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Gửi ngay</translation>
    </message>
    <message>
        <source>Compare with the province</source>
        <translation>Đối soát với tỉnh</translation>
    </message>
    <message>
        <source>Figures of a period</source>
        <translation>Số liệu kỳ báo cáo</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>Tạm dừng hoặc gửi tiếp</translation>
    </message>
    <message>
        <source>Exchange by a USB stick…</source>
        <translation>Đồng bộ bằng USB…</translation>
    </message>
    <message>
        <source>Find a procedure</source>
        <translation>Tìm thủ tục</translation>
    </message>
    <message>
        <source>Posting sheet of the procedure</source>
        <translation>Bảng niêm yết thủ tục</translation>
    </message>
    <message>
        <source>Procedures or calendar</source>
        <translation>Thủ tục hoặc lịch</translation>
    </message>
    <message>
        <source>Turn the year</source>
        <translation>Sang năm khác</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Thêm người dùng</translation>
    </message>
    <message>
        <source>Change name, role or post</source>
        <translation>Sửa tên, vai trò, chức danh</translation>
    </message>
    <message>
        <source>Give a new password</source>
        <translation>Cấp mật khẩu mới</translation>
    </message>
    <message>
        <source>Close the account</source>
        <translation>Khóa tài khoản</translation>
    </message>
    <message>
        <source>Open the account again</source>
        <translation>Mở lại tài khoản</translation>
    </message>
    <message>
        <source>Examine this PC thoroughly</source>
        <translation>Kiểm tra kỹ máy này</translation>
    </message>
    <message>
        <source>Diagnostics file for support</source>
        <translation>Tệp chẩn đoán để hỗ trợ</translation>
    </message>
    <message>
        <source>Make a copy of the desk now</source>
        <translation>Sao lưu dữ liệu quầy ngay</translation>
    </message>
    <message>
        <source>Rehearse a restore</source>
        <translation>Diễn tập khôi phục</translation>
    </message>
    <message>
        <source>Break off the copy</source>
        <translation>Ngừng sao lưu</translation>
    </message>
    <message>
        <source>Add a place for copies…</source>
        <translation>Thêm nơi lưu…</translation>
    </message>
    <message>
        <source>Look for a new version</source>
        <translation>Tìm bản mới</translation>
    </message>
    <message>
        <source>Fetch and prepare the new version</source>
        <translation>Tải và chuẩn bị bản mới</translation>
    </message>
    <message>
        <source>Update from a USB stick…</source>
        <translation>Cập nhật từ USB…</translation>
    </message>
    <message>
        <source>Go back to the version before</source>
        <translation>Quay lại bản trước</translation>
    </message>
    <message>
        <source>Answer a person about their data</source>
        <translation>Trả lời người dân về dữ liệu của họ</translation>
    </message>
    <message>
        <source>Check all records</source>
        <translation>Đối chiếu toàn bộ dữ liệu</translation>
    </message>
    <message>
        <source>Close the year</source>
        <translation>Khóa sổ năm</translation>
    </message>
    <message>
        <source>Enrol this PC with the province</source>
        <translation>Đăng ký máy với tỉnh</translation>
    </message>
    <message>
        <source>Compare and choose</source>
        <translation>So sánh hai bản</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>Gửi lại tệp</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>Thử lại ngay</translation>
    </message>
    <message>
        <source>It was seen</source>
        <translation>Đã xem</translation>
    </message>
    <message>
        <source>Enrol with a new ticket</source>
        <translation>Đăng ký lại bằng phiếu mới</translation>
    </message>
</context>
<context>
    <name>Acts</name>
    <message>
        <source>What is missing, all of it at once</source>
        <translation>Giấy tờ còn thiếu, ghi đủ một lần</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>Bring it until (may stay empty)</source>
        <translation>Nộp trước (có thể để trống)</translation>
    </message>
    <message>
        <source>Ask again all the same: it counts as late</source>
        <translation>Vẫn yêu cầu lần nữa, chấp nhận bị tính là trễ</translation>
    </message>
    <message>
        <source>Papers were asked for already. Asking again makes this dossier count as late.</source>
        <translation>Hồ sơ đã yêu cầu bổ sung một lần. Yêu cầu lần nữa sẽ bị tính là trễ hạn.</translation>
    </message>
    <message>
        <source>Time stands still until everything is brought. Form 02 is printed.</source>
        <translation>Thời gian tạm dừng cho đến khi nộp đủ. Phiếu mẫu 02 sẽ được in.</translation>
    </message>
    <message>
        <source>Ask for missing papers</source>
        <translation>Yêu cầu bổ sung hồ sơ</translation>
    </message>
    <message>
        <source>Ask and print form 02</source>
        <translation>Yêu cầu và in mẫu 02</translation>
    </message>
    <message>
        <source>Papers were asked for of {code}.</source>
        <translation>Đã yêu cầu bổ sung hồ sơ {code}.</translation>
    </message>
    <message>
        <source>What was brought</source>
        <translation>Giấy tờ nộp thêm</translation>
    </message>
    <message>
        <source>Everything that was asked for is there now</source>
        <translation>Đã đủ mọi giấy tờ được yêu cầu</translation>
    </message>
    <message>
        <source>Papers were brought</source>
        <translation>Đã nộp bổ sung</translation>
    </message>
    <message>
        <source>Take them in</source>
        <translation>Nhận bổ sung</translation>
    </message>
    <message>
        <source>The papers of {code} are taken in.</source>
        <translation>Đã nhận giấy tờ bổ sung của hồ sơ {code}.</translation>
    </message>
    <message>
        <source>When all are there the appointment is counted anew and a new slip is printed.</source>
        <translation>Khi đã đủ, ngày hẹn được tính lại và in giấy hẹn mới.</translation>
    </message>
    <message>
        <source>Do not take the dossier in</source>
        <translation>Từ chối tiếp nhận hồ sơ</translation>
    </message>
    <message>
        <source>Refused in writing with code {code}; it stands in no register.</source>
        <translation>Đã từ chối tiếp nhận bằng văn bản, mã {code}; không ghi vào sổ tiếp nhận.</translation>
    </message>
    <message>
        <source>The applicant gets the reason in writing. The refusal has a code of its own and cannot be taken back.</source>
        <translation>Người nộp nhận được lý do bằng văn bản. Phiếu từ chối có mã riêng và không lấy lại được.</translation>
    </message>
    <message>
        <source>Legal basis (may stay empty)</source>
        <translation>Căn cứ pháp lý (có thể để trống)</translation>
    </message>
    <message>
        <source>All papers were given back</source>
        <translation>Đã trả lại toàn bộ giấy tờ</translation>
    </message>
    <message>
        <source>Refuse the dossier</source>
        <translation>Từ chối tiếp nhận hồ sơ</translation>
    </message>
    <message>
        <source>the usual one</source>
        <translation>trường hợp thường</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Trường hợp</translation>
    </message>
    <message>
        <source>Accept the online dossier</source>
        <translation>Tiếp nhận hồ sơ trực tuyến</translation>
    </message>
    <message>
        <source>Accept and print the slip</source>
        <translation>Tiếp nhận và in giấy tiếp nhận</translation>
    </message>
    <message>
        <source>{code} is received.</source>
        <translation>Đã tiếp nhận {code}.</translation>
    </message>
    <message>
        <source>Look through the papers first. The dossier enters the register, and its time runs from now. This cannot be taken back.</source>
        <translation>Hãy xem giấy tờ trước. Tiếp nhận rồi thì hồ sơ vào sổ, thời hạn tính từ lúc này và không hoàn tác được.</translation>
    </message>
    <message>
        <source>Print what the province asks for</source>
        <translation>In giấy tỉnh đề nghị</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>In giấy</translation>
    </message>
    <message>
        <source>{code}: printed.</source>
        <translation>Đã in giấy cho hồ sơ {code}.</translation>
    </message>
    <message>
        <source>The province has decided and asks the desk for the paper: what is missing, a refusal, an apology with a new appointment, or the end. It carries the province&apos;s reason and this desk&apos;s number. Give it to the citizen.</source>
        <translation>Tỉnh đã quyết định và đề nghị quầy in giấy: yêu cầu bổ sung, từ chối, xin lỗi và hẹn lại, hoặc dừng giải quyết. Giấy ghi lý do của tỉnh và số của quầy. In xong, hãy trao cho người dân.</translation>
    </message>
    <message>
        <source>Refuse and print form 03</source>
        <translation>Từ chối và in mẫu 03</translation>
    </message>
    <message>
        <source>{code} was refused.</source>
        <translation>Đã từ chối hồ sơ {code}.</translation>
    </message>
    <message>
        <source>This ends the dossier and cannot be taken back.</source>
        <translation>Việc này kết thúc hồ sơ và không lấy lại được.</translation>
    </message>
    <message>
        <source>Who decided so</source>
        <translation>Người quyết định</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Chức vụ</translation>
    </message>
    <message>
        <source>Halt the dossier</source>
        <translation>Dừng giải quyết hồ sơ</translation>
    </message>
    <message>
        <source>Halt and print form 05</source>
        <translation>Dừng và in mẫu 05</translation>
    </message>
    <message>
        <source>{code} was halted.</source>
        <translation>Đã dừng giải quyết hồ sơ {code}.</translation>
    </message>
    <message>
        <source>The applicant withdraws the dossier</source>
        <translation>Người nộp rút hồ sơ</translation>
    </message>
    <message>
        <source>Withdraw and print form 05</source>
        <translation>Rút hồ sơ và in mẫu 05</translation>
    </message>
    <message>
        <source>{code} was withdrawn.</source>
        <translation>Hồ sơ {code} đã được rút.</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>hoàn trả</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>không hoàn trả</translation>
    </message>
    <message>
        <source>The fees that were paid are</source>
        <translation>Tiền đã thu</translation>
    </message>
    <message>
        <source>the applicant: {name}</source>
        <translation>chủ hồ sơ: {name}</translation>
    </message>
    <message>
        <source>somebody with a power of attorney</source>
        <translation>người được ủy quyền</translation>
    </message>
    <message>
        <source>in the paper register</source>
        <translation>ký sổ giấy</translation>
    </message>
    <message>
        <source>on the printed receipt</source>
        <translation>ký giấy biên nhận</translation>
    </message>
    <message>
        <source>with a fingerprint</source>
        <translation>điểm chỉ</translation>
    </message>
    <message>
        <source>Who takes it</source>
        <translation>Người nhận</translation>
    </message>
    <message>
        <source>Name, where it is somebody else</source>
        <translation>Họ tên, nếu là người khác</translation>
    </message>
    <message>
        <source>Number of the power of attorney</source>
        <translation>Số giấy ủy quyền</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Ký nhận</translation>
    </message>
    <message>
        <source>A fee is owed: collect it first, or say why not</source>
        <translation>Còn phải thu phí: thu trước, hoặc ghi lý do chưa thu</translation>
    </message>
    <message>
        <source>Decide and return at once</source>
        <translation>Giải quyết tại chỗ</translation>
    </message>
    <message>
        <source>Signed and handed over</source>
        <translation>Đã ký và trả</translation>
    </message>
    <message>
        <source>{code} is returned, decided while the citizen waited.</source>
        <translation>Đã giải quyết tại chỗ và trả kết quả hồ sơ {code}.</translation>
    </message>
    <message>
        <source>One more result</source>
        <translation>Thêm kết quả</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>ngày làm việc</translation>
    </message>
    <message>
        <source>days</source>
        <translation>ngày</translation>
    </message>
    <message>
        <source>How much longer</source>
        <translation>Gia hạn thêm</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>Tính theo</translation>
    </message>
    <message>
        <source>Extend and apologise</source>
        <translation>Gia hạn và xin lỗi</translation>
    </message>
    <message>
        <source>Extend and print form 04</source>
        <translation>Gia hạn và in mẫu 04</translation>
    </message>
    <message>
        <source>{code} has a new appointment. Tell the citizen.</source>
        <translation>Hồ sơ {code} có ngày hẹn mới. Hãy báo cho người nộp.</translation>
    </message>
    <message>
        <source>Others, separated by a semicolon</source>
        <translation>Giấy tờ khác, cách nhau bằng dấu chấm phẩy</translation>
    </message>
    <message>
        <source>Write a whole number, like 12.</source>
        <translation>Hãy ghi một số nguyên, ví dụ 12.</translation>
    </message>
    <message>
        <source>Write hour and day, like 17:00 27/11/2026.</source>
        <translation>Hãy ghi giờ và ngày, ví dụ 17:00 27/11/2026.</translation>
    </message>
    <message>
        <source>Write a day, like 27/11/2026.</source>
        <translation>Hãy ghi ngày, ví dụ 27/11/2026.</translation>
    </message>
    <message>
        <source>cash</source>
        <translation>tiền mặt</translation>
    </message>
    <message>
        <source>transfer</source>
        <translation>chuyển khoản</translation>
    </message>
    <message>
        <source>online portal</source>
        <translation>qua cổng</translation>
    </message>
    <message>
        <source>What is paid</source>
        <translation>Khoản thu</translation>
    </message>
    <message>
        <source>something else, named below</source>
        <translation>khoản khác, ghi bên dưới</translation>
    </message>
    <message>
        <source>Something else: what for</source>
        <translation>Khoản khác: nội dung</translation>
    </message>
    <message>
        <source>Something else: how much</source>
        <translation>Khoản khác: số tiền (đồng)</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Cách thu</translation>
    </message>
    <message>
        <source>Who pays (empty: the applicant)</source>
        <translation>Người nộp tiền (để trống: chủ hồ sơ)</translation>
    </message>
    <message>
        <source>Receipt series</source>
        <translation>Ký hiệu biên lai</translation>
    </message>
    <message>
        <source>Receipt number</source>
        <translation>Số biên lai</translation>
    </message>
    <message>
        <source>Collect a fee</source>
        <translation>Thu phí, lệ phí</translation>
    </message>
    <message>
        <source>It is paid</source>
        <translation>Đã thu</translation>
    </message>
    <message>
        <source>The fee of {code} is paid.</source>
        <translation>Đã thu tiền của hồ sơ {code}.</translation>
    </message>
    <message>
        <source>What is given back</source>
        <translation>Khoản hoàn trả</translation>
    </message>
    <message>
        <source>The receipt was cancelled</source>
        <translation>Đã hủy biên lai</translation>
    </message>
    <message>
        <source>Give a fee back</source>
        <translation>Hoàn phí</translation>
    </message>
    <message>
        <source>It is given back</source>
        <translation>Đã hoàn trả</translation>
    </message>
    <message>
        <source>The fee of {code} was given back.</source>
        <translation>Đã hoàn tiền của hồ sơ {code}.</translation>
    </message>
    <message>
        <source>5 · very satisfied</source>
        <translation>5 · rất hài lòng</translation>
    </message>
    <message>
        <source>4 · satisfied</source>
        <translation>4 · hài lòng</translation>
    </message>
    <message>
        <source>3 · so so</source>
        <translation>3 · bình thường</translation>
    </message>
    <message>
        <source>2 · dissatisfied</source>
        <translation>2 · không hài lòng</translation>
    </message>
    <message>
        <source>1 · very dissatisfied</source>
        <translation>1 · rất không hài lòng</translation>
    </message>
    <message>
        <source>at the desk</source>
        <translation>tại quầy</translation>
    </message>
    <message>
        <source>on paper</source>
        <translation>trên giấy</translation>
    </message>
    <message>
        <source>at a kiosk</source>
        <translation>tại ki-ốt</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Đánh giá</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Nơi đánh giá</translation>
    </message>
    <message>
        <source>What else was said (may stay empty)</source>
        <translation>Ý kiến khác (có thể để trống)</translation>
    </message>
    <message>
        <source>What the citizen thought</source>
        <translation>Đánh giá của người dân</translation>
    </message>
    <message>
        <source>Keep the rating</source>
        <translation>Ghi đánh giá</translation>
    </message>
    <message>
        <source>The rating of {code} is kept.</source>
        <translation>Đã ghi đánh giá của hồ sơ {code}.</translation>
    </message>
    <message>
        <source>Code in the other program</source>
        <translation>Mã ở phần mềm kia</translation>
    </message>
    <message>
        <source>Which program</source>
        <translation>Tên phần mềm</translation>
    </message>
    <message>
        <source>Second code of a ministry&apos;s program</source>
        <translation>Mã thứ hai của phần mềm bộ, ngành</translation>
    </message>
    <message>
        <source>Add the code</source>
        <translation>Thêm mã</translation>
    </message>
    <message>
        <source>{code} is found by both codes now.</source>
        <translation>Hồ sơ {code} nay tra được bằng cả hai mã.</translation>
    </message>
    <message>
        <source>Codes of the other dossiers, separated by a space</source>
        <translation>Mã các hồ sơ khác, cách nhau bằng dấu cách</translation>
    </message>
    <message>
        <source>Belongs together with {codes} already.</source>
        <translation>Đang liên thông với {codes}.</translation>
    </message>
    <message>
        <source>Link dossiers that belong together</source>
        <translation>Liên thông các hồ sơ</translation>
    </message>
    <message>
        <source>Link them</source>
        <translation>Liên thông</translation>
    </message>
    <message>
        <source>{code} is linked.</source>
        <translation>Đã liên thông hồ sơ {code}.</translation>
    </message>
    <message>
        <source>Take the last act back</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>The last act of {code} was taken back.</source>
        <translation>Đã hoàn tác việc vừa làm với hồ sơ {code}.</translation>
    </message>
    <message>
        <source>Nothing is erased: the history shows both.</source>
        <translation>Không xóa gì: diễn biến ghi cả hai việc.</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Identity number</source>
        <translation>Số định danh</translation>
    </message>
    <message>
        <source>Identity number: {number}; another one</source>
        <translation>Số định danh: {number}; ghi số khác nếu sai</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Địa chỉ</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Điện thoại</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Thư điện tử</translation>
    </message>
    <message>
        <source>by post</source>
        <translation>qua bưu chính</translation>
    </message>
    <message>
        <source>online</source>
        <translation>trực tuyến</translation>
    </message>
    <message>
        <source>Code of the procedure</source>
        <translation>Mã thủ tục</translation>
    </message>
    <message>
        <source>Result back</source>
        <translation>Nhận kết quả</translation>
    </message>
    <message>
        <source>Address for it</source>
        <translation>Địa chỉ nhận</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>Papers that were handed in</source>
        <translation>Giấy tờ đã nộp</translation>
    </message>
    <message>
        <source>Why it is corrected</source>
        <translation>Lý do đính chính</translation>
    </message>
    <message>
        <source>The paper was handed over: the correction is asked of the province and holds when it agrees.</source>
        <translation>Hồ sơ đã bàn giao: đề nghị đính chính gửi lên tỉnh và có hiệu lực khi tỉnh đồng ý.</translation>
    </message>
    <message>
        <source>A corrected slip is printed and takes the place of the one before it.</source>
        <translation>In giấy hẹn đã sửa, thay cho giấy đã cấp.</translation>
    </message>
    <message>
        <source>Correct what is wrong</source>
        <translation>Đính chính thông tin</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Đính chính</translation>
    </message>
    <message>
        <source>{code} was corrected.</source>
        <translation>Đã đính chính hồ sơ {code}.</translation>
    </message>
    <message>
        <source>from the desk to a unit</source>
        <translation>từ quầy đến đơn vị</translation>
    </message>
    <message>
        <source>back to the desk</source>
        <translation>trả về quầy</translation>
    </message>
    <message>
        <source>Which way</source>
        <translation>Chiều bàn giao</translation>
    </message>
    <message>
        <source>Unit (empty: this desk)</source>
        <translation>Đơn vị (để trống: quầy này)</translation>
    </message>
    <message>
        <source>Who receives it</source>
        <translation>Người nhận</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>Số tờ</translation>
    </message>
    <message>
        <source>Hand the dossier over</source>
        <translation>Bàn giao hồ sơ</translation>
    </message>
    <message>
        <source>Hand over and print</source>
        <translation>Bàn giao và in phiếu</translation>
    </message>
    <message>
        <source>{code} was handed over.</source>
        <translation>Đã bàn giao hồ sơ {code}.</translation>
    </message>
    <message>
        <source>The list is printed for signing. Several at once: Ctrl+Alt+G and scan them.</source>
        <translation>Phiếu bàn giao được in để ký. Nhiều hồ sơ một lần: bấm Ctrl+Alt+G rồi quét mã.</translation>
    </message>
    <message>
        <source>Step that is done</source>
        <translation>Bước đã xong</translation>
    </message>
    <message>
        <source>What was done (may stay empty)</source>
        <translation>Nội dung đã làm (có thể để trống)</translation>
    </message>
    <message>
        <source>Who does the next step</source>
        <translation>Người làm bước sau</translation>
    </message>
    <message>
        <source>Unit of the next step</source>
        <translation>Đơn vị làm bước sau</translation>
    </message>
    <message>
        <source>Why steps before it are passed over, if any</source>
        <translation>Lý do bỏ qua bước trước, nếu có</translation>
    </message>
    <message>
        <source>Complete a step</source>
        <translation>Hoàn thành bước</translation>
    </message>
    <message>
        <source>The step is done</source>
        <translation>Đã xong bước</translation>
    </message>
    <message>
        <source>The step of {code} is done.</source>
        <translation>Đã xong một bước của hồ sơ {code}.</translation>
    </message>
    <message>
        <source>a result</source>
        <translation>kết quả</translation>
    </message>
    <message>
        <source>a refusal in writing</source>
        <translation>văn bản từ chối</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>Signed on</source>
        <translation>Ngày ký</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <source>It is</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>What it says (of a refusal: the reason)</source>
        <translation>Trích yếu (nếu từ chối: lý do)</translation>
    </message>
    <message>
        <source>Record the result</source>
        <translation>Ghi có kết quả</translation>
    </message>
    <message>
        <source>The result is there</source>
        <translation>Đã có kết quả</translation>
    </message>
    <message>
        <source>{code} has its result.</source>
        <translation>Hồ sơ {code} đã có kết quả.</translation>
    </message>
    <message>
        <source>Post operator</source>
        <translation>Đơn vị bưu chính</translation>
    </message>
    <message>
        <source>Consignment number</source>
        <translation>Số vận đơn</translation>
    </message>
    <message>
        <source>Send the result by post</source>
        <translation>Gửi kết quả qua bưu chính</translation>
    </message>
    <message>
        <source>It is with the post</source>
        <translation>Đã giao bưu chính</translation>
    </message>
    <message>
        <source>The result of {code} is with the post.</source>
        <translation>Kết quả hồ sơ {code} đã giao bưu chính.</translation>
    </message>
    <message>
        <source>To {address}. It counts as returned when the post has delivered it.</source>
        <translation>Gửi đến {address}. Khi bưu chính phát xong mới tính là đã trả.</translation>
    </message>
    <message>
        <source>Who took it (empty: the applicant)</source>
        <translation>Người nhận (để trống: chủ hồ sơ)</translation>
    </message>
    <message>
        <source>The parcel was delivered</source>
        <translation>Bưu chính đã phát</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Đã phát</translation>
    </message>
    <message>
        <source>{code} is returned, by post.</source>
        <translation>Hồ sơ {code} đã trả qua bưu chính.</translation>
    </message>
    <message>
        <source>{operator}, consignment {number}</source>
        <translation>{operator}, vận đơn {number}</translation>
    </message>
</context>
<context>
    <name>AdminPage</name>
    <message>
        <source>Administration</source>
        <translation>Quản trị</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Các phần</translation>
    </message>
</context>
<context>
    <name>AmountField</name>
    <message>
        <source>amount</source>
        <translation>số tiền</translation>
    </message>
</context>
<context>
    <name>AnswerDialog</name>
    <message>
        <source>Answer a complaint</source>
        <translation>Trả lời phản ánh</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>không ghi tên</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Trả lời</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Keep the answer</source>
        <translation>Lưu câu trả lời</translation>
    </message>
    <message>
        <source>Satisfied</source>
        <translation>Hài lòng</translation>
    </message>
    <message>
        <source>Not satisfied</source>
        <translation>Không hài lòng</translation>
    </message>
</context>
<context>
    <name>AnsweringSection</name>
    <message>
        <source>Identity number on the paper that the person shows</source>
        <translation>Số định danh trên giấy tờ người đó xuất trình</translation>
    </message>
    <message>
        <source>A person has the right to know what is held about them: dossiers, papers and scans with how long they are kept, messages, to whom it went, and who looked. Answer within two working days.</source>
        <translation>Người dân có quyền biết quầy đang lưu gì về mình: hồ sơ, giấy tờ và bản quét kèm thời hạn lưu, tin báo, đã chuyển cho ai, ai đã xem. Hãy trả lời trong 2 ngày làm việc.</translation>
    </message>
    <message>
        <source>Look at the person&apos;s paper first. Only the whole number finds anything, nobody else is shown, and the answer is on the audit trail. It takes a while at a large desk.</source>
        <translation>Hãy xem giấy tờ của người đó trước. Chỉ tìm được bằng số đầy đủ, không hiện người khác, và câu trả lời được ghi vào nhật ký truy vết. Quầy có nhiều hồ sơ thì phải đợi một lúc.</translation>
    </message>
    <message>
        <source>A person asks</source>
        <translation>Người dân yêu cầu</translation>
    </message>
    <message>
        <source>Only the head or an administrator answers.</source>
        <translation>Chỉ phụ trách hoặc quản trị được trả lời.</translation>
    </message>
    <message>
        <source>Type the number first.</source>
        <translation>Hãy nhập số trước.</translation>
    </message>
    <message>
        <source>Answer to a person</source>
        <translation>Câu trả lời cho người dân</translation>
    </message>
    <message>
        <source>Looking through everything…</source>
        <translation>Đang tìm trong toàn bộ dữ liệu…</translation>
    </message>
    <message>
        <source>{count} dossiers told of in {name}. Give it to this person only.</source>
        <translation>Đã ghi {count} hồ sơ vào {name}. Chỉ đưa cho đúng người này.</translation>
    </message>
</context>
<context>
    <name>ApplicantBox</name>
    <message>
        <source>More</source>
        <translation>Thêm</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Identity number</source>
        <translation>Số định danh</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Ngày sinh</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Nơi cư trú</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Điện thoại</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Cá nhân</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>Doanh nghiệp</translation>
    </message>
    <message>
        <source>State agency</source>
        <translation>Cơ quan nhà nước</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Tổ chức</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Thư điện tử</translation>
    </message>
    <message>
        <source>Submitted by (if another person)</source>
        <translation>Người nộp thay (nếu có)</translation>
    </message>
    <message>
        <source>Their identity number</source>
        <translation>Số định danh người nộp thay</translation>
    </message>
    <message>
        <source>Their telephone</source>
        <translation>Điện thoại người nộp thay</translation>
    </message>
    <message>
        <source>Relation or authority</source>
        <translation>Quan hệ hoặc giấy ủy quyền</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Bớt</translation>
    </message>
    <message>
        <source>Read from the card {time}</source>
        <translation>Đọc từ thẻ căn cước {time}</translation>
    </message>
    <message>
        <source>{count} earlier dossiers</source>
        <translation>{count} hồ sơ trước</translation>
    </message>
</context>
<context>
    <name>AppointmentBox</name>
    <message>
        <source>Due</source>
        <translation>Hẹn trả</translation>
    </message>
    <message>
        <source>This procedure has no limit in the catalogue: the slip names no day.</source>
        <translation>Danh mục không ghi thời hạn của thủ tục này: giấy tiếp nhận không ghi ngày hẹn.</translation>
    </message>
    <message>
        <source>Choose the procedure: the days are counted here.</source>
        <translation>Chọn thủ tục: ngày hẹn được đếm ở đây.</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>không hẹn ngày</translation>
    </message>
</context>
<context>
    <name>AskedList</name>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Write a day, like 27/11/2026.</source>
        <translation>Hãy ghi ngày, ví dụ 27/11/2026.</translation>
    </message>
</context>
<context>
    <name>BookLines</name>
    <message>
        <source>struck on {day}: {reason}</source>
        <translation>hủy ngày {day}: {reason}</translation>
    </message>
</context>
<context>
    <name>BooksPage</name>
    <message>
        <source>Year</source>
        <translation>Năm</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Quyển</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Trang trước</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Trang sau</translation>
    </message>
    <message>
        <source>Registers</source>
        <translation>Các sổ</translation>
    </message>
    <message>
        <source>Lines of the register</source>
        <translation>Các dòng của sổ</translation>
    </message>
    <message>
        <source>No line in this register yet. They are written by themselves, with the act that they tell of.</source>
        <translation>Sổ này chưa có dòng nào. Dòng sổ được ghi tự động cùng với việc được làm.</translation>
    </message>
    <message>
        <source>Your role prints and exports nothing.</source>
        <translation>Vai trò của bạn không in và không xuất được.</translation>
    </message>
    <message>
        <source>The book is empty.</source>
        <translation>Sổ chưa có dòng nào.</translation>
    </message>
    <message>
        <source>Only the head or an administrator closes a book.</source>
        <translation>Chỉ lãnh đạo hoặc quản trị được khóa sổ.</translation>
    </message>
    <message>
        <source>The year is closed from 31/12 on.</source>
        <translation>Khóa sổ năm từ ngày 31/12.</translation>
    </message>
    <message>
        <source>This volume is closed.</source>
        <translation>Quyển này đã khóa.</translation>
    </message>
    <message>
        <source>Print the next pages</source>
        <translation>In các trang tiếp theo</translation>
    </message>
    <message>
        <source>Export the book of {year}</source>
        <translation>Xuất sổ năm {year}</translation>
    </message>
    <message>
        <source>{count} lines written to {name}.</source>
        <translation>Đã ghi {count} dòng vào {name}.</translation>
    </message>
    <message>
        <source>Go to number</source>
        <translation>Tới số thứ tự</translation>
    </message>
    <message>
        <source>The book of {year} is closed: no line can be added or struck afterwards.</source>
        <translation>Khóa sổ năm {year}: sau đó không thêm và không hủy được dòng nào.</translation>
    </message>
    <message>
        <source>Close the year</source>
        <translation>Khóa sổ năm</translation>
    </message>
    <message>
        <source>The book of {year} is closed.</source>
        <translation>Đã khóa sổ năm {year}.</translation>
    </message>
    <message>
        <source>Year {year}</source>
        <translation>Năm {year}</translation>
    </message>
    <message>
        <source>Volume {label}</source>
        <translation>Quyển số {label}</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Trang {page} trên {pages}</translation>
    </message>
    <message>
        <source>Opened on {day}</source>
        <translation>Mở ngày {day}</translation>
    </message>
    <message>
        <source>, closed on {day}</source>
        <translation>, khóa ngày {day}</translation>
    </message>
    <message>
        <source>Printed up to page {page}</source>
        <translation>Đã in đến trang {page}</translation>
    </message>
    <message>
        <source>Not printed yet</source>
        <translation>Chưa in trang nào</translation>
    </message>
</context>
<context>
    <name>CalendarUpdateDialog</name>
    <message>
        <source>New calendar</source>
        <translation>Lịch mới</translation>
    </message>
    <message>
        <source>Use this calendar</source>
        <translation>Dùng lịch này</translation>
    </message>
    <message>
        <source>Open dossiers that would be due at another time stand here.</source>
        <translation>Hồ sơ đang giải quyết mà giờ hẹn sẽ khác đi hiện ở đây.</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Due now</source>
        <translation>Hẹn hiện nay</translation>
    </message>
    <message>
        <source>Due then</source>
        <translation>Theo lịch mới</translation>
    </message>
    <message>
        <source>to be recounted by a person</source>
        <translation>cần người tính lại</translation>
    </message>
    <message>
        <source>The calendar of {version} is in force.</source>
        <translation>Đã dùng lịch bản {version}.</translation>
    </message>
    <message>
        <source>No open dossier would be due at another time.</source>
        <translation>Không hồ sơ đang giải quyết nào đổi giờ hẹn.</translation>
    </message>
    <message>
        <source>{count} open dossiers would be due at another time; what was printed stays.</source>
        <translation>{count} hồ sơ đang giải quyết sẽ có giờ hẹn khác; giờ đã in trên giấy giữ nguyên.</translation>
    </message>
</context>
<context>
    <name>CalendarView</name>
    <message>
        <source>Day</source>
        <translation>Ngày</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>The year before</source>
        <translation>Năm trước</translation>
    </message>
    <message>
        <source>The next year</source>
        <translation>Năm sau</translation>
    </message>
    <message>
        <source>Days off and make-up days</source>
        <translation>Ngày nghỉ và ngày làm bù</translation>
    </message>
    <message>
        <source>Calendar {year}</source>
        <translation>Lịch năm {year}</translation>
    </message>
    <message>
        <source>{open} reception days, {counting} counting days. Calendar of {version}.</source>
        <translation>{open} ngày tiếp nhận, {counting} ngày tính thời hạn. Lịch bản {version}.</translation>
    </message>
    <message>
        <source>The calendar holds no holidays of this year yet: import a newer one before giving appointments in it.</source>
        <translation>Lịch chưa có ngày nghỉ của năm này: hãy nhập lịch mới trước khi hẹn sang năm đó.</translation>
    </message>
</context>
<context>
    <name>CallListDialog</name>
    <message>
        <source>Messages to citizens</source>
        <translation>Tin báo cho người dân</translation>
    </message>
    <message>
        <source>Scan the code of the line when the person was reached</source>
        <translation>Quét mã ở đầu dòng khi đã gọi được</translation>
    </message>
    <message>
        <source>What was said (may stay empty)</source>
        <translation>Ghi chú cuộc gọi (có thể để trống)</translation>
    </message>
    <message>
        <source>Nobody waits to be told. Who wants a message is noted at the intake.</source>
        <translation>Không còn ai chờ báo tin. Khi tiếp nhận, hãy đánh dấu “Nhắn tin khi có kết quả” nếu người dân muốn.</translation>
    </message>
    <message>
        <source>Give the messages to the province as a file…</source>
        <translation>Xuất tệp tin báo để tỉnh gửi…</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Đã gọi</translation>
    </message>
    <message>
        <source>Print the call list</source>
        <translation>In danh sách gọi</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Noted: {code} was told.</source>
        <translation>Đã ghi: {code} đã được báo.</translation>
    </message>
    <message>
        <source>the dossier</source>
        <translation>hồ sơ</translation>
    </message>
    <message>
        <source>Messages for the province</source>
        <translation>Tin báo để tỉnh gửi</translation>
    </message>
    <message>
        <source>{count} messages are in the file for the province.</source>
        <translation>Đã ghi {count} tin vào tệp để tỉnh gửi.</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Người liên hệ</translation>
    </message>
    <message>
        <source>What about</source>
        <translation>Về việc</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Báo trước ngày</translation>
    </message>
    <message>
        <source>call</source>
        <translation>gọi điện</translation>
    </message>
</context>
<context>
    <name>CashCountDialog</name>
    <message>
        <source>Cash</source>
        <translation>Tiền mặt</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>Chuyển khoản</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Qua cổng</translation>
    </message>
    <message>
        <source>Count the day&apos;s money</source>
        <translation>Đối chiếu tiền cuối ngày</translation>
    </message>
    <message>
        <source>Hand in and print the sheet</source>
        <translation>Bàn giao và in biên bản</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Money of</source>
        <translation>Tiền của</translation>
    </message>
    <message>
        <source>Handed in to</source>
        <translation>Bàn giao cho</translation>
    </message>
    <message>
        <source>Why it differs</source>
        <translation>Lý do chênh lệch</translation>
    </message>
    <message>
        <source>Transfer not seen at the bank yet</source>
        <translation>Chuyển khoản chưa thấy báo có</translation>
    </message>
    <message>
        <source>Found by reference (Enter)</source>
        <translation>Số tham chiếu báo có (Enter)</translation>
    </message>
    <message>
        <source>{name}: {count} payments</source>
        <translation>{name}: {count} khoản</translation>
    </message>
    <message>
        <source>exempt: {count}</source>
        <translation>miễn: {count}</translation>
    </message>
    <message>
        <source>Taken on {day}: {sums}</source>
        <translation>Đã thu ngày {day}: {sums}</translation>
    </message>
    <message>
        <source>{method}, by the book {amount}</source>
        <translation>{method}, theo sổ {amount}</translation>
    </message>
    <message>
        <source>No money waits to be handed in.</source>
        <translation>Không còn khoản tiền nào chờ bàn giao.</translation>
    </message>
    <message>
        <source>To be handed in: {amount}</source>
        <translation>Phải bàn giao: {amount}</translation>
    </message>
    <message>
        <source>{amount} is missing</source>
        <translation>Thiếu {amount}</translation>
    </message>
    <message>
        <source>{amount} too much</source>
        <translation>Thừa {amount}</translation>
    </message>
    <message>
        <source>{amount}, as the book says</source>
        <translation>{amount}, khớp với sổ</translation>
    </message>
    <message>
        <source>Count the money and write the amount; 0 where there is none.</source>
        <translation>Hãy đếm tiền rồi ghi số tiền; không có thì ghi 0.</translation>
    </message>
    <message>
        <source>{amount} handed in.</source>
        <translation>Đã bàn giao {amount}.</translation>
    </message>
    <message>
        <source>{amount} of {code} found at the bank.</source>
        <translation>Đã đối chiếu {amount} của hồ sơ {code}.</translation>
    </message>
    <message>
        <source>Last handed in: {amount} of {name} to {to}, {time} {day}</source>
        <translation>Bàn giao gần nhất: {amount} của {name} cho {to}, {time} {day}</translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message>
        <source>View</source>
        <translation>Phần xem</translation>
    </message>
    <message>
        <source>Procedures</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Lịch</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Danh mục</translation>
    </message>
    <message>
        <source>Words of the name, a code, or a field of work</source>
        <translation>Chữ trong tên, mã hoặc lĩnh vực</translation>
    </message>
    <message>
        <source>Find a procedure</source>
        <translation>Tìm thủ tục</translation>
    </message>
    <message>
        <source>No procedure in force fits these words. Type fewer letters, or the code.</source>
        <translation>Không có thủ tục đang hiệu lực nào khớp những chữ này. Hãy gõ ít chữ hơn, hoặc gõ mã.</translation>
    </message>
    <message>
        <source>Only an administrator changes the rules.</source>
        <translation>Chỉ quản trị được thay đổi danh mục và lịch.</translation>
    </message>
    <message>
        <source>Choose a procedure first.</source>
        <translation>Hãy chọn một thủ tục trước.</translation>
    </message>
    <message>
        <source>Open the calendar first.</source>
        <translation>Hãy mở lịch trước.</translation>
    </message>
    <message>
        <source>{count} procedures in force</source>
        <translation>{count} thủ tục đang hiệu lực</translation>
    </message>
</context>
<context>
    <name>CatalogueUpdateDialog</name>
    <message>
        <source>New catalogue</source>
        <translation>Danh mục mới</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Áp dụng</translation>
    </message>
    <message>
        <source>What a file would change in the procedures stands here.</source>
        <translation>Những gì tệp sẽ thay đổi ở các thủ tục hiện ở đây.</translation>
    </message>
    <message>
        <source>For dossiers received from</source>
        <translation>Cho hồ sơ nhận từ ngày</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Thay đổi</translation>
    </message>
    <message>
        <source>Now, and then</source>
        <translation>Hiện nay và sau đó</translation>
    </message>
    <message>
        <source>{added} procedures are new, {removed} go, {changed} change</source>
        <translation>{added} thủ tục mới, {removed} bị bỏ, {changed} thay đổi</translation>
    </message>
</context>
<context>
    <name>CertificationDesk</name>
    <message>
        <source>Due {time}</source>
        <translation>Hẹn trả {time}</translation>
    </message>
    <message>
        <source>Certified: {numbers}. Fee {fee}.</source>
        <translation>Đã chứng thực: số {numbers}. Thu {fee}.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>The visit is taken back: its numbers are struck, its fee is given back.</source>
        <translation>Đã hoàn tác lượt này: các số đã hủy, phí đã hoàn.</translation>
    </message>
    <message>
        <source>Signed and handed back: {name}.</source>
        <translation>Đã ký và trả cho {name}.</translation>
    </message>
    <message>
        <source>The number is struck; its fee is given back.</source>
        <translation>Đã hủy số và hoàn lại phí.</translation>
    </message>
    <message>
        <source>It is on its way to the printer.</source>
        <translation>Đang in.</translation>
    </message>
</context>
<context>
    <name>CertificationPage</name>
    <message>
        <source>Quick certification</source>
        <translation>Chứng thực nhanh</translation>
    </message>
    <message>
        <source>one line for each kind of paper, the fee by pages of the original</source>
        <translation>một dòng cho mỗi loại giấy tờ, phí tính theo trang của bản chính</translation>
    </message>
    <message>
        <source>Your role certifies nothing.</source>
        <translation>Vai trò của bạn không chứng thực.</translation>
    </message>
    <message>
        <source>This visit is being written.</source>
        <translation>Đang ghi lượt này.</translation>
    </message>
    <message>
        <source>Type the name of a paper first.</source>
        <translation>Hãy gõ tên giấy tờ trước.</translation>
    </message>
    <message>
        <source>The form is empty.</source>
        <translation>Chưa gõ gì.</translation>
    </message>
    <message>
        <source>There is no line yet.</source>
        <translation>Chưa có dòng nào.</translation>
    </message>
    <message>
        <source>Nothing to print again.</source>
        <translation>Không có gì để in lại.</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>Không có gì để hoàn tác.</translation>
    </message>
    <message>
        <source>No number to strike.</source>
        <translation>Không có số nào để hủy.</translation>
    </message>
    <message>
        <source>Nothing waits to be signed.</source>
        <translation>Không có giấy tờ nào chờ ký.</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Đang ghi…</translation>
    </message>
    <message>
        <source>card, {time}</source>
        <translation>thẻ, {time}</translation>
    </message>
    <message>
        <source>The form was cleared.</source>
        <translation>Đã xóa những gì vừa gõ.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Lấy lại</translation>
    </message>
    <message>
        <source>Parked: {label}. F5 takes it up again.</source>
        <translation>Đã tạm cất: {label}. F5 để lấy lại.</translation>
    </message>
</context>
<context>
    <name>CertificationSide</name>
    <message>
        <source>citizen card</source>
        <translation>thẻ căn cước</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Người yêu cầu</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Identity number</source>
        <translation>Số định danh</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>Người ký chứng thực</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Tổng</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Cách thu</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Tiền mặt</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>Mã QR</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>Miễn</translation>
    </message>
    <message>
        <source>Reason of exemption</source>
        <translation>Lý do miễn phí</translation>
    </message>
    <message>
        <source>Proof: kind and number of the paper</source>
        <translation>Giấy tờ chứng minh: loại, số</translation>
    </message>
    <message>
        <source>Mortgage contracts for farm loans are exempt.</source>
        <translation>Miễn phí hợp đồng thế chấp vay vốn phục vụ nông nghiệp.</translation>
    </message>
    <message>
        <source>Number as printed on the testimony</source>
        <translation>Dòng số in trên lời chứng</translation>
    </message>
    <message>
        <source>Print the receipt slip on request</source>
        <translation>In giấy tiếp nhận khi được yêu cầu</translation>
    </message>
    <message>
        <source>Print the testimony on the copies</source>
        <translation>In lời chứng lên bản sao</translation>
    </message>
    <message>
        <source>To be signed later</source>
        <translation>Chờ ký, trả sau</translation>
    </message>
    <message>
        <source>written by pen</source>
        <translation>ghi bằng bút</translation>
    </message>
</context>
<context>
    <name>Certified</name>
    <message>
        <source>Copy</source>
        <translation>Bản sao</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Chữ ký</translation>
    </message>
    <message>
        <source>Translator</source>
        <translation>Người dịch</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>Giao dịch</translation>
    </message>
    <message>
        <source>Amendment</source>
        <translation>Sửa đổi</translation>
    </message>
    <message>
        <source>Cancellation</source>
        <translation>Hủy bỏ</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Sửa lỗi</translation>
    </message>
    <message>
        <source>#</source>
        <translation>TT</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Tên giấy tờ</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Số trang</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Số bản</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Sổ</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Giờ</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>Người yêu cầu</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>Phí</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Reprint</source>
        <translation>In lại</translation>
    </message>
    <message>
        <source>Strike…</source>
        <translation>Hủy số…</translation>
    </message>
    <message>
        <source>{papers} papers, {copies} copies</source>
        <translation>{papers} giấy tờ, {copies} bản</translation>
    </message>
    <message>
        <source>struck</source>
        <translation>đã hủy</translation>
    </message>
    <message>
        <source>to be signed</source>
        <translation>chờ ký</translation>
    </message>
    <message>
        <source>Copies: {papers} papers, {copies} copies</source>
        <translation>Bản sao, {papers} giấy tờ, {copies} bản</translation>
    </message>
    <message>
        <source>{kind}: {count} cases</source>
        <translation>{kind}, {count} trường hợp</translation>
    </message>
    <message>
        <source>Others: {count} kinds</source>
        <translation>Việc khác, {count} loại</translation>
    </message>
</context>
<context>
    <name>CheckingSection</name>
    <message>
        <source>Check everything</source>
        <translation>Đối chiếu toàn bộ</translation>
    </message>
    <message>
        <source>Database, audit trail, events, registers, money, numbers, prints and scans are held against one another. Nothing is changed, no person is named; the work at the desk goes on.</source>
        <translation>Đối chiếu cơ sở dữ liệu, nhật ký truy vết, sự kiện, sổ, tiền, số hồ sơ, bản in và bản quét với nhau. Không thay đổi gì, không nêu tên ai; việc ở quầy vẫn làm bình thường.</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>Những gì đã đối chiếu</translation>
    </message>
    <message>
        <source>Check of the records</source>
        <translation>Đối chiếu dữ liệu</translation>
    </message>
    <message>
        <source>The check is under way.</source>
        <translation>Đang đối chiếu.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Đang đối chiếu…</translation>
    </message>
    <message>
        <source>{total} records agree, checked at {time}</source>
        <translation>{total} bản ghi khớp nhau, đối chiếu lúc {time}</translation>
    </message>
    <message>
        <source>{count} places do not agree, checked at {time}</source>
        <translation>{count} chỗ không khớp, đối chiếu lúc {time}</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>seen at {time}</source>
        <translation>đã xem lúc {time}</translation>
    </message>
    <message>
        <source>only shown</source>
        <translation>xuất trình</translation>
    </message>
    <message>
        <source>handed in</source>
        <translation>nộp</translation>
    </message>
    <message>
        <source>if needed</source>
        <translation>nếu cần</translation>
    </message>
</context>
<context>
    <name>CitizensDesk</name>
    <message>
        <source>Saved. Messages that wait already stay as they are.</source>
        <translation>Đã lưu. Tin đang chờ vẫn giữ nguyên.</translation>
    </message>
    <message>
        <source>The page of today is not made yet.</source>
        <translation>Hôm nay chưa lập trang cuối ngày.</translation>
    </message>
    <message>
        <source>End of the day</source>
        <translation>Kết thúc ngày</translation>
    </message>
</context>
<context>
    <name>CollateDialog</name>
    <message>
        <source>Put fronts and backs together</source>
        <translation>Ghép mặt trước với mặt sau</translation>
    </message>
    <message>
        <source>The backs came last one first (the stack was turned over)</source>
        <translation>Mặt sau quét từ tờ cuối lên (đã lật cả xấp)</translation>
    </message>
    <message>
        <source>The backs begin with</source>
        <translation>Mặt sau bắt đầu từ</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>Trang {number}</translation>
    </message>
    <message>
        <source>The sheets as they will be</source>
        <translation>Các tờ sau khi ghép</translation>
    </message>
    <message>
        <source>There are no two passes yet.</source>
        <translation>Chưa có đủ hai lượt quét.</translation>
    </message>
    <message>
        <source>Put together</source>
        <translation>Ghép</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Để nguyên</translation>
    </message>
    <message>
        <source>front</source>
        <translation>trước</translation>
    </message>
    <message>
        <source>back</source>
        <translation>sau</translation>
    </message>
    <message>
        <source>{fronts} fronts, {backs} backs</source>
        <translation>{fronts} mặt trước, {backs} mặt sau</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>khớp</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>không khớp</translation>
    </message>
</context>
<context>
    <name>CollectDialog</name>
    <message>
        <source>Show the payment code</source>
        <translation>Hiện mã QR thanh toán</translation>
    </message>
</context>
<context>
    <name>CollectStep</name>
    <message>
        <source>The slip is lost</source>
        <translation>Mất giấy tiếp nhận</translation>
    </message>
    <message>
        <source>What the receiver says about it</source>
        <translation>Người nhận trình bày</translation>
    </message>
    <message>
        <source>Number of the identity paper that was shown</source>
        <translation>Số giấy tờ tùy thân đã xuất trình</translation>
    </message>
    <message>
        <source>Slip {code}, second copy</source>
        <translation>Giấy tiếp nhận {code}, liên 2</translation>
    </message>
    <message>
        <source>read at {time}</source>
        <translation>đã quét lúc {time}</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} trên {all}</translation>
    </message>
    <message>
        <source>Write what the receiver says about the lost slip.</source>
        <translation>Hãy ghi lời trình bày về việc mất giấy tiếp nhận.</translation>
    </message>
    <message>
        <source>Write the number of the identity paper that was shown.</source>
        <translation>Hãy ghi số giấy tờ tùy thân đã xuất trình.</translation>
    </message>
    <message>
        <source>Take the slip back, or note that it is lost.</source>
        <translation>Hãy thu lại giấy tiếp nhận, hoặc đánh dấu mất giấy.</translation>
    </message>
</context>
<context>
    <name>ComplaintDialog</name>
    <message>
        <source>Take a complaint down</source>
        <translation>Ghi phản ánh, kiến nghị</translation>
    </message>
    <message>
        <source>What is complained of or suggested</source>
        <translation>Nội dung phản ánh, kiến nghị</translation>
    </message>
    <message>
        <source>Dossier (may stay empty)</source>
        <translation>Hồ sơ (có thể để trống)</translation>
    </message>
    <message>
        <source>How it came</source>
        <translation>Hình thức</translation>
    </message>
    <message>
        <source>Who (may stay empty)</source>
        <translation>Người phản ánh (có thể để trống)</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Số điện thoại</translation>
    </message>
    <message>
        <source>Who answers</source>
        <translation>Người trả lời</translation>
    </message>
    <message>
        <source>Answer until</source>
        <translation>Hạn trả lời</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>at the desk</source>
        <translation>tại quầy</translation>
    </message>
    <message>
        <source>by telephone</source>
        <translation>qua điện thoại</translation>
    </message>
    <message>
        <source>in writing, from the letter box</source>
        <translation>bằng thư, hòm thư góp ý</translation>
    </message>
    <message>
        <source>from the portal</source>
        <translation>từ cổng dịch vụ công</translation>
    </message>
</context>
<context>
    <name>ComplaintsDialog</name>
    <message>
        <source>Complaints and suggestions</source>
        <translation>Phản ánh, kiến nghị</translation>
    </message>
    <message>
        <source>Which complaints</source>
        <translation>Phản ánh nào</translation>
    </message>
    <message>
        <source>To be answered</source>
        <translation>Chờ trả lời</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tất cả</translation>
    </message>
    <message>
        <source>No complaint waits for an answer.</source>
        <translation>Không có phản ánh nào chờ trả lời.</translation>
    </message>
    <message>
        <source>Take one down</source>
        <translation>Ghi phản ánh mới</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Trả lời</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Answer until</source>
        <translation>Hạn trả lời</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Người phản ánh</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tình trạng</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>quá hạn</translation>
    </message>
    <message>
        <source>about no dossier</source>
        <translation>không về hồ sơ nào</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>không ghi tên</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>đã trả lời</translation>
    </message>
    <message>
        <source>satisfied</source>
        <translation>hài lòng</translation>
    </message>
    <message>
        <source>not satisfied</source>
        <translation>không hài lòng</translation>
    </message>
    <message>
        <source>to be answered</source>
        <translation>chờ trả lời</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Leave it</source>
        <translation>Thôi</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>The program made a mistake</source>
        <translation>Chương trình gặp lỗi</translation>
    </message>
    <message>
        <source>What was saved stays saved, and a form of the desk that you were filling in is kept as a draft. You can go on working; if it happens again, close the program and open it again.</source>
        <translation>Những gì đã lưu vẫn còn; biểu của quầy đang điền dở được giữ thành bản nháp. Bạn có thể làm tiếp; nếu còn gặp lại, hãy đóng chương trình rồi mở lại.</translation>
    </message>
    <message>
        <source>A report without personal data was saved for those who help you: {name}</source>
        <translation>Đã lưu một báo cáo không có dữ liệu cá nhân cho người hỗ trợ: {name}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Làm tiếp</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Mở lại chương trình</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Mở thư mục</translation>
    </message>
</context>
<context>
    <name>Dates</name>
    <message>
        <source>{day} {number} {month}</source>
        <translation>{day} {number} {month}</translation>
    </message>
</context>
<context>
    <name>DayColumn</name>
    <message>
        <source>Received</source>
        <translation>Đã tiếp nhận</translation>
    </message>
    <message>
        <source>Received by hour</source>
        <translation>Số tiếp nhận theo giờ</translation>
    </message>
    <message>
        <source>In time this period</source>
        <translation>Đúng hạn kỳ này</translation>
    </message>
    <message>
        <source>usually {count}</source>
        <translation>thường ngày {count}</translation>
    </message>
    <message>
        <source>{hour}: {count}</source>
        <translation>{hour}: {count}</translation>
    </message>
    <message>
        <source>dark: today, light: usual</source>
        <translation>đậm: hôm nay, nhạt: thường lệ</translation>
    </message>
    <message>
        <source>by hour</source>
        <translation>theo giờ</translation>
    </message>
    <message>
        <source>since {date}</source>
        <translation>từ {date}</translation>
    </message>
    <message>
        <source>Target: more than {share}</source>
        <translation>Mục tiêu: trên {share}</translation>
    </message>
    <message>
        <source>{in_time} of {total} finished in time</source>
        <translation>{in_time} trên {total} hồ sơ xong đúng hạn</translation>
    </message>
    <message>
        <source>nothing finished yet</source>
        <translation>chưa có hồ sơ nào xong</translation>
    </message>
</context>
<context>
    <name>DayPageDialog</name>
    <message>
        <source>End of the day</source>
        <translation>Kết thúc ngày</translation>
    </message>
    <message>
        <source>The page bears eight characters made from the audit trail. Keep it with the register of dossiers.</source>
        <translation>Trang này có mã tám ký tự tính từ nhật ký. Hãy lưu cùng Sổ theo dõi hồ sơ.</translation>
    </message>
    <message>
        <source>Make and print the page</source>
        <translation>Lập và in trang cuối ngày</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Received today</source>
        <translation>Tiếp nhận hôm nay</translation>
    </message>
    <message>
        <source>Results returned today</source>
        <translation>Trả kết quả hôm nay</translation>
    </message>
    <message>
        <source>Results that wait</source>
        <translation>Kết quả chờ trả</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Quá hạn</translation>
    </message>
    <message>
        <source>Papers awaited</source>
        <translation>Chờ bổ sung</translation>
    </message>
    <message>
        <source>Numbers not used</source>
        <translation>Số bỏ, không dùng</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Tiền mặt</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Chuyển khoản</translation>
    </message>
    <message>
        <source>Paid at the portal</source>
        <translation>Thanh toán qua cổng</translation>
    </message>
    <message>
        <source>Made, issue {issue} of today. Mark: {mark}</source>
        <translation>Đã lập, lần {issue} trong ngày. Mã kiểm tra: {mark}</translation>
    </message>
</context>
<context>
    <name>DayStrip</name>
    <message>
        <source>Days of the appointment</source>
        <translation>Các ngày của lịch hẹn</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>T2</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>T3</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>T4</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>T5</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>T6</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>T7</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>CN</translation>
    </message>
    <message>
        <source>due</source>
        <translation>trả</translation>
    </message>
    <message>
        <source>in</source>
        <translation>nhận</translation>
    </message>
    <message>
        <source>off</source>
        <translation>lễ</translation>
    </message>
</context>
<context>
    <name>DescribeSetDialog</name>
    <message>
        <source>What stands on it: {paper}</source>
        <translation>Thông tin trên giấy tờ: {paper}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Giữ lại</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
</context>
<context>
    <name>DeskRoom</name>
    <message>
        <source>The practice desk has no password: its screen is not locked.</source>
        <translation>Quầy tập không có mật khẩu nên không khóa màn hình.</translation>
    </message>
    <message>
        <source>The screen is locked</source>
        <translation>Màn hình đang khóa</translation>
    </message>
    <message>
        <source>Log in as somebody else</source>
        <translation>Người khác đăng nhập</translation>
    </message>
    <message>
        <source>Counter {number}</source>
        <translation>Quầy {number}</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>đang làm việc</translation>
    </message>
    <message>
        <source>The barcode reader on {port} does not answer. Plug it in; the desk finds it by itself.</source>
        <translation>Đầu đọc mã ở cổng {port} không trả lời. Hãy cắm lại; quầy sẽ tự nhận ra.</translation>
    </message>
    <message>
        <source>The barcode reader on {port} is back.</source>
        <translation>Đầu đọc mã ở cổng {port} đã hoạt động lại.</translation>
    </message>
    <message>
        <source>Your new password is in force.</source>
        <translation>Mật khẩu mới đã có hiệu lực.</translation>
    </message>
</context>
<context>
    <name>DeskStep</name>
    <message>
        <source>How does it work?</source>
        <translation>Quầy làm việc thế nào?</translation>
    </message>
    <message>
        <source>Appointments fall into the opening hours. Printer, paper, telephone and address can be changed later.</source>
        <translation>Ngày hẹn tính theo giờ làm việc. Máy in, khổ giấy, điện thoại, địa chỉ sửa được sau này.</translation>
    </message>
    <message>
        <source>A5, one slip a sheet</source>
        <translation>A5, mỗi tờ một giấy</translation>
    </message>
    <message>
        <source>A4, two slips with a cutting line</source>
        <translation>A4, hai giấy có đường cắt</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>80 mm roll</source>
        <translation>Cuộn 80 mm</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>Giờ làm việc</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Máy in</translation>
    </message>
    <message>
        <source>Paper of the slips</source>
        <translation>Khổ giấy tiếp nhận</translation>
    </message>
    <message>
        <source>Telephone, printed on the slips</source>
        <translation>Điện thoại in trên giấy tiếp nhận</translation>
    </message>
    <message>
        <source>Address of the office</source>
        <translation>Địa chỉ trụ sở</translation>
    </message>
    <message>
        <source>None now, keep the PDF</source>
        <translation>Chưa có, giữ tệp PDF</translation>
    </message>
</context>
<context>
    <name>DigitalPapers</name>
    <message>
        <source>not digitised</source>
        <translation>chưa số hóa</translation>
    </message>
    <message>
        <source>digitised</source>
        <translation>đã số hóa</translation>
    </message>
    <message>
        <source>used again from another dossier</source>
        <translation>dùng lại từ hồ sơ khác</translation>
    </message>
    <message>
        <source>used again from an earlier result</source>
        <translation>dùng lại từ kết quả trước</translation>
    </message>
    <message>
        <source>only shown</source>
        <translation>chỉ xuất trình</translation>
    </message>
    <message>
        <source>in the file of all papers</source>
        <translation>trong tệp toàn bộ hồ sơ</translation>
    </message>
    <message>
        <source>Result: {name}</source>
        <translation>Kết quả: {name}</translation>
    </message>
    <message>
        <source>digitised {done}/{wanted}</source>
        <translation>số hóa {done}/{wanted}</translation>
    </message>
    <message>
        <source>results {done}/{wanted}</source>
        <translation>kết quả {done}/{wanted}</translation>
    </message>
    <message>
        <source>used again: {count}</source>
        <translation>dùng lại: {count}</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>vĩnh viễn</translation>
    </message>
    <message>
        <source>KQ code</source>
        <translation>Mã KQ</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>Ngày cấp</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Nơi cấp</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>Có giá trị từ</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>Có giá trị đến</translation>
    </message>
    <message>
        <source>Checked by</source>
        <translation>Người kiểm tra</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Số trang</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Original lies in</source>
        <translation>Bản giấy để ở</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>Lưu đến</translation>
    </message>
    <message>
        <source>Digital signature</source>
        <translation>Chữ ký số</translation>
    </message>
</context>
<context>
    <name>DigitalPapersDialog</name>
    <message>
        <source>Digitised papers of {code}</source>
        <translation>Giấy tờ số hóa của hồ sơ {code}</translation>
    </message>
    <message>
        <source>Paper, result</source>
        <translation>Giấy tờ, kết quả</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tình trạng</translation>
    </message>
    <message>
        <source>Number, day</source>
        <translation>Số, ngày</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Số trang</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Xem</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>Quét</translation>
    </message>
    <message>
        <source>Use an earlier one…</source>
        <translation>Dùng lại bản đã có…</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>Sửa thông tin…</translation>
    </message>
    <message>
        <source>Take out…</source>
        <translation>Gỡ…</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>Ký số…</translation>
    </message>
    <message>
        <source>Signatures…</source>
        <translation>Xem chữ ký…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>DossierColumns</name>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Applicant, due</source>
        <translation>Người nộp, hẹn trả</translation>
    </message>
</context>
<context>
    <name>DossierFormsDialog</name>
    <message>
        <source>Forms of {code}</source>
        <translation>Biểu mẫu của hồ sơ {code}</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Đã in lúc</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Biểu mẫu</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>Lần</translation>
    </message>
    <message>
        <source>Struck</source>
        <translation>Đã gạch bỏ</translation>
    </message>
    <message>
        <source>Forms of this dossier</source>
        <translation>Biểu mẫu của hồ sơ</translation>
    </message>
    <message>
        <source>Reason for striking a form</source>
        <translation>Lý do gạch bỏ biểu mẫu</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>In lại</translation>
    </message>
    <message>
        <source>Strike it</source>
        <translation>Gạch bỏ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>DossierPage</name>
    <message>
        <source>Reprint</source>
        <translation>In lại</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Diễn biến</translation>
    </message>
    <message>
        <source>Note for this dossier</source>
        <translation>Ghi chú cho hồ sơ này</translation>
    </message>
    <message>
        <source>The dossier is being opened.</source>
        <translation>Đang mở hồ sơ.</translation>
    </message>
    <message>
        <source>{count} events, the newest at the bottom</source>
        <translation>{count} sự kiện, mới nhất ở dưới</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Đã nhận</translation>
    </message>
    <message>
        <source>Processing</source>
        <translation>Đang xử lý</translation>
    </message>
    <message>
        <source>Result ready</source>
        <translation>Có kết quả</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Đã trả</translation>
    </message>
</context>
<context>
    <name>DossierPane</name>
    <message>
        <source>Identity no.</source>
        <translation>Số định danh</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Điện thoại</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Nhận</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Hẹn trả</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Đang ở</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>Lệ phí</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Sổ</translation>
    </message>
    <message>
        <source>Seen in a scan: {paper}, page {page}</source>
        <translation>Thấy trong bản quét: {paper}, trang {page}</translation>
    </message>
    <message>
        <source>{volume}, no. {ordinal}</source>
        <translation>{volume}, số {ordinal}</translation>
    </message>
</context>
<context>
    <name>DossierSide</name>
    <message>
        <source>What can be done now</source>
        <translation>Việc làm được bây giờ</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>result</source>
        <translation>kết quả</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>xuất trình</translation>
    </message>
    <message>
        <source>{count} original</source>
        <translation>{count} bản chính</translation>
    </message>
    <message>
        <source>{count} copy</source>
        <translation>{count} bản sao</translation>
    </message>
    <message>
        <source>{count} photocopy</source>
        <translation>{count} bản chụp</translation>
    </message>
</context>
<context>
    <name>DossiersPage</name>
    <message>
        <source>Export to Excel</source>
        <translation>Xuất Excel</translation>
    </message>
    <message>
        <source>Hand over by scanning</source>
        <translation>Bàn giao bằng quét mã</translation>
    </message>
    <message>
        <source>Dossiers</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tất cả</translation>
    </message>
    <message>
        <source>Received today</source>
        <translation>Nhận hôm nay</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Quá hạn</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>Hẹn trả hôm nay</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>Sắp đến hạn</translation>
    </message>
    <message>
        <source>Awaiting papers</source>
        <translation>Chờ bổ sung</translation>
    </message>
    <message>
        <source>Result ready</source>
        <translation>Có kết quả</translation>
    </message>
    <message>
        <source>Papers not brought in time</source>
        <translation>Quá hạn bổ sung</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Đã trả</translation>
    </message>
    <message>
        <source>Needs action</source>
        <translation>Cần xử lý</translation>
    </message>
    <message>
        <source>Not digitised</source>
        <translation>Chưa số hóa đủ</translation>
    </message>
    <message>
        <source>Online, to be taken in</source>
        <translation>Trực tuyến, chờ tiếp nhận</translation>
    </message>
    <message>
        <source>No dossier here. F2 searches, Alt+2 takes one in.</source>
        <translation>Không có hồ sơ nào ở đây. F2 để tìm, Alt+2 để tiếp nhận.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Mã hồ sơ</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Hẹn trả</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Scan, page {page}: {paper}</source>
        <translation>Bản quét, trang {page}: {paper}</translation>
    </message>
    <message>
        <source>Choose a dossier first.</source>
        <translation>Hãy chọn một hồ sơ trước.</translation>
    </message>
    <message>
        <source>Your role prints no slips.</source>
        <translation>Vai trò của bạn không in giấy tiếp nhận.</translation>
    </message>
    <message>
        <source>Your role exports nothing.</source>
        <translation>Vai trò của bạn không xuất được.</translation>
    </message>
    <message>
        <source>{count} dossiers written to {name}.</source>
        <translation>Đã ghi {count} hồ sơ vào {name}.</translation>
    </message>
    <message>
        <source>{total} dossiers of the report</source>
        <translation>{total} hồ sơ của báo cáo</translation>
    </message>
    <message>
        <source>the first {shown} of {total}</source>
        <translation>{shown} hồ sơ đầu trên {total}</translation>
    </message>
    <message>
        <source>{total} dossiers</source>
        <translation>{total} hồ sơ</translation>
    </message>
    <message>
        <source>{total}{more} dossiers match “{query}”</source>
        <translation>{total}{more} hồ sơ khớp “{query}”</translation>
    </message>
</context>
<context>
    <name>EnrolDialog</name>
    <message>
        <source>Enrol this PC with the province</source>
        <translation>Đăng ký máy này với tỉnh</translation>
    </message>
    <message>
        <source>The province gives the commune a ticket for each PC: a small file, or a QR code on paper. Choose the file, or hold the QR code under the barcode reader. What was received before is sent afterwards, in order.</source>
        <translation>Tỉnh cấp cho xã mỗi máy một phiếu đăng ký: một tệp nhỏ hoặc một mã QR in trên giấy. Hãy chọn tệp, hoặc đưa mã QR vào đầu đọc mã vạch. Hồ sơ đã tiếp nhận trước đó sẽ được gửi sau, đúng thứ tự.</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Phiếu đăng ký máy</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>Chọn tệp…</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>Đăng ký</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Asking the province…</source>
        <translation>Đang liên lạc với tỉnh…</translation>
    </message>
    <message>
        <source>This PC is enrolled with {name}. It sends by itself from now on.</source>
        <translation>Đã đăng ký máy với {name}. Từ giờ máy tự gửi.</translation>
    </message>
</context>
<context>
    <name>EntryLine</name>
    <message>
        <source>Name of the paper</source>
        <translation>Tên giấy tờ</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Tên giấy tờ</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Pages of the original</source>
        <translation>Số trang của bản chính</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Số bản</translation>
    </message>
    <message>
        <source>{count} times today</source>
        <translation>{count} lần hôm nay</translation>
    </message>
    <message>
        <source>{count} times this month</source>
        <translation>{count} lần tháng này</translation>
    </message>
</context>
<context>
    <name>ExtendDialog</name>
    <message>
        <source>New appointment: {due}</source>
        <translation>Hẹn trả mới: {due}</translation>
    </message>
    <message>
        <source>Possible until {day}, once.</source>
        <translation>Chỉ một lần, chậm nhất {day}.</translation>
    </message>
</context>
<context>
    <name>ExtraBox</name>
    <message>
        <source>Seldom needed</source>
        <translation>Ít khi cần</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Số bộ</translation>
    </message>
    <message>
        <source>Received at another time</source>
        <translation>Nhận lúc khác</translation>
    </message>
    <message>
        <source>08:15 or 20/11/2026 08:15</source>
        <translation>08:15 hoặc 20/11/2026 08:15</translation>
    </message>
    <message>
        <source>Why it is entered later</source>
        <translation>Lý do nhập sau</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>Trực tiếp</translation>
    </message>
    <message>
        <source>By post</source>
        <translation>Bưu chính</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>Cách nộp</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Belongs to another commune (out of area)</source>
        <translation>Thuộc xã khác (phi địa giới)</translation>
    </message>
    <message>
        <source>Write the number of sets in figures.</source>
        <translation>Hãy ghi số bộ bằng chữ số.</translation>
    </message>
    <message>
        <source>Write the time like 08:15, or 20/11/2026 08:15.</source>
        <translation>Hãy ghi giờ như 08:15, hoặc 20/11/2026 08:15.</translation>
    </message>
</context>
<context>
    <name>FactsSheet</name>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Identity number</source>
        <translation>Số định danh</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Điện thoại</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Hẹn trả</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>không hẹn ngày</translation>
    </message>
    <message>
        <source>Show the identity number</source>
        <translation>Xem số định danh</translation>
    </message>
    <message>
        <source>Paper with</source>
        <translation>Người giữ</translation>
    </message>
    <message>
        <source>Other code</source>
        <translation>Mã khác</translation>
    </message>
    <message>
        <source>Linked with</source>
        <translation>Liên thông</translation>
    </message>
    <message>
        <source>Submitted by</source>
        <translation>Người đến nộp</translation>
    </message>
    <message>
        <source>By post</source>
        <translation>Bưu chính</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <source>Result back</source>
        <translation>Trả kết quả</translation>
    </message>
    <message>
        <source>Entered later</source>
        <translation>Nhập muộn</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ghi chú</translation>
    </message>
</context>
<context>
    <name>FeeBox</name>
    <message>
        <source>How the fee is paid</source>
        <translation>Cách nộp lệ phí</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Tiền mặt</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Chuyển khoản</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>Miễn</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Thu sau</translation>
    </message>
    <message>
        <source>No fee</source>
        <translation>Không thu phí</translation>
    </message>
    <message>
        <source>Receipt series and number</source>
        <translation>Ký hiệu và số biên lai</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>Lệ phí</translation>
    </message>
    <message>
        <source>Show the payment code</source>
        <translation>Hiện mã chuyển khoản</translation>
    </message>
    <message>
        <source>Why exempt</source>
        <translation>Lý do miễn</translation>
    </message>
    <message>
        <source>By which paper: kind, number, date</source>
        <translation>Giấy tờ: loại, số, ngày</translation>
    </message>
    <message>
        <source>Paper that proves the exemption</source>
        <translation>Giấy tờ chứng minh được miễn</translation>
    </message>
    <message>
        <source>How the result goes back</source>
        <translation>Cách nhận kết quả</translation>
    </message>
    <message>
        <source>At the desk</source>
        <translation>Tại quầy</translation>
    </message>
    <message>
        <source>By post</source>
        <translation>Bưu chính</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <source>Message when ready</source>
        <translation>Nhắn tin khi có kết quả</translation>
    </message>
    <message>
        <source>Address for the post (empty: the applicant&apos;s)</source>
        <translation>Địa chỉ gửi bưu chính (để trống: nơi cư trú của người nộp)</translation>
    </message>
    <message>
        <source>Address for the post</source>
        <translation>Địa chỉ gửi bưu chính</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Nhận kết quả</translation>
    </message>
    <message>
        <source>no exemption known</source>
        <translation>chưa rõ trường hợp miễn, giảm</translation>
    </message>
    <message>
        <source>Write the fee in dong, figures only.</source>
        <translation>Hãy ghi lệ phí bằng đồng, chỉ dùng chữ số.</translation>
    </message>
</context>
<context>
    <name>Fees</name>
    <message>
        <source>cash</source>
        <translation>tiền mặt</translation>
    </message>
    <message>
        <source>transfer</source>
        <translation>chuyển khoản</translation>
    </message>
    <message>
        <source>portal</source>
        <translation>qua cổng</translation>
    </message>
    <message>
        <source>not paid yet</source>
        <translation>chưa thu</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>Miễn</translation>
    </message>
    <message>
        <source>No fee</source>
        <translation>Không thu phí</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Shipped files</source>
        <translation>Tệp kèm theo</translation>
    </message>
    <message>
        <source>Folder of the desk</source>
        <translation>Thư mục của quầy</translation>
    </message>
    <message>
        <source>Room on the disk</source>
        <translation>Chỗ trống trên ổ đĩa</translation>
    </message>
    <message>
        <source>Health of the disk</source>
        <translation>Tình trạng ổ đĩa</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Cửa sổ</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Cơ sở dữ liệu</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Nhật ký truy vết</translation>
    </message>
    <message>
        <source>Prints</source>
        <translation>Bản in</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Số hồ sơ</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Đồng hồ</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Lịch làm việc</translation>
    </message>
    <message>
        <source>Key of the data</source>
        <translation>Khóa dữ liệu</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sao lưu</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Máy in</translation>
    </message>
    <message>
        <source>Reading of scans</source>
        <translation>Đọc chữ bản quét</translation>
    </message>
    <message>
        <source>Barcode reader</source>
        <translation>Đầu đọc mã vạch</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Máy quét</translation>
    </message>
    <message>
        <source>Line to the province</source>
        <translation>Đường truyền với tỉnh</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Phiên bản</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>Quầy</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>tốt</translation>
    </message>
    <message>
        <source>should be looked at</source>
        <translation>nên xem lại</translation>
    </message>
    <message>
        <source>must be mended</source>
        <translation>phải khắc phục</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>khớp</translation>
    </message>
    <message>
        <source>{count} looked at</source>
        <translation>đã xem {count}</translation>
    </message>
    <message>
        <source>unfinished</source>
        <translation>làm dở</translation>
    </message>
    <message>
        <source>does not agree</source>
        <translation>không khớp</translation>
    </message>
</context>
<context>
    <name>FirstPasswordDialog</name>
    <message>
        <source>Password of {login}</source>
        <translation>Mật khẩu của {login}</translation>
    </message>
    <message>
        <source>Write it down and hand it over: it is not shown again. At the next login it is changed.</source>
        <translation>Hãy ghi lại và trao tận tay: mật khẩu này không hiện lại nữa. Lần đăng nhập tới phải đổi.</translation>
    </message>
    <message>
        <source>It is written down</source>
        <translation>Đã ghi lại</translation>
    </message>
</context>
<context>
    <name>FormDrafts</name>
    <message>
        <source>No form is parked.</source>
        <translation>Không có biểu nào đang cất.</translation>
    </message>
    <message>
        <source> · not parked, of another window</source>
        <translation> · chưa cất, đang ở máy khác</translation>
    </message>
</context>
<context>
    <name>FourWords</name>
    <message>
        <source>nothing waits</source>
        <translation>không có gì chờ</translation>
    </message>
    <message>
        <source>Saved on this PC</source>
        <translation>Đã lưu trên máy</translation>
    </message>
    <message>
        <source>{count} items</source>
        <translation>{count} việc</translation>
    </message>
    <message>
        <source>last answer {time}</source>
        <translation>lần cuối {time}</translation>
    </message>
    <message>
        <source>{ops} items, {files} scans</source>
        <translation>{ops} việc, {files} tệp quét</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Đang gửi</translation>
    </message>
    <message>
        <source>To be sent</source>
        <translation>Chờ gửi</translation>
    </message>
    <message>
        <source>Province has {count}/{total}</source>
        <translation>Tỉnh đã nhận {count}/{total}</translation>
    </message>
    <message>
        <source>Needs action {count}</source>
        <translation>Cần xử lý {count}</translation>
    </message>
    <message>
        <source>see below</source>
        <translation>xem bên dưới</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>không có</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>The reader misread a sign of this code. Please scan it again.</source>
        <translation>Đầu đọc nhận sai một ký tự của mã này. Hãy quét lại.</translation>
    </message>
    <message>
        <source>{count} need action</source>
        <translation>{count} việc cần xử lý</translation>
    </message>
    <message>
        <source>{count} overdue</source>
        <translation>{count} hồ sơ quá hạn</translation>
    </message>
    <message>
        <source>{count} results wait</source>
        <translation>{count} kết quả chờ trả</translation>
    </message>
</context>
<context>
    <name>GiveStep</name>
    <message>
        <source>Take the fee</source>
        <translation>Thu phí</translation>
    </message>
    <message>
        <source>Or why it is not taken now</source>
        <translation>Hoặc lý do chưa thu</translation>
    </message>
    <message>
        <source>The desk has apologised for the delay</source>
        <translation>Đã xin lỗi người nhận vì trễ hẹn</translation>
    </message>
    <message>
        <source>no. {number}</source>
        <translation>số {number}</translation>
    </message>
    <message>
        <source>Originals that were handed in: {count}</source>
        <translation>Bản chính trả lại: {count}</translation>
    </message>
    <message>
        <source>{amount} is to be paid</source>
        <translation>Còn phải thu {amount}</translation>
    </message>
    <message>
        <source>Nothing is to be paid</source>
        <translation>Không còn khoản phải thu</translation>
    </message>
    <message>
        <source>Take the fee, or write why it is not taken now.</source>
        <translation>Hãy thu phí, hoặc ghi lý do chưa thu.</translation>
    </message>
    <message>
        <source>The result is late: apologise, then tick it.</source>
        <translation>Kết quả trễ hẹn: hãy xin lỗi rồi đánh dấu.</translation>
    </message>
</context>
<context>
    <name>HandOverPage</name>
    <message>
        <source>Hand over by scanning</source>
        <translation>Bàn giao bằng quét mã</translation>
    </message>
    <message>
        <source>Which way</source>
        <translation>Chiều bàn giao</translation>
    </message>
    <message>
        <source>From the desk to a unit</source>
        <translation>Từ quầy đến đơn vị</translation>
    </message>
    <message>
        <source>Back to the desk, with results</source>
        <translation>Trả về quầy, kèm kết quả</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Đơn vị</translation>
    </message>
    <message>
        <source>Who receives it</source>
        <translation>Người nhận</translation>
    </message>
    <message>
        <source>Scanned dossiers</source>
        <translation>Hồ sơ đã quét</translation>
    </message>
    <message>
        <source>Scan the slips one after the other. F9 records them all at once.</source>
        <translation>Quét lần lượt từng giấy tiếp nhận. F9 ghi tất cả một lần.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Mã hồ sơ</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>Số tờ</translation>
    </message>
    <message>
        <source>Your role hands nothing over.</source>
        <translation>Vai trò của bạn không bàn giao, trả kết quả.</translation>
    </message>
    <message>
        <source>It is being recorded.</source>
        <translation>Đang ghi.</translation>
    </message>
    <message>
        <source>Scan a slip first.</source>
        <translation>Hãy quét một giấy tiếp nhận trước.</translation>
    </message>
    <message>
        <source>Choose a line first.</source>
        <translation>Hãy chọn một dòng trước.</translation>
    </message>
    <message>
        <source>{count} dossiers</source>
        <translation>{count} hồ sơ</translation>
    </message>
    <message>
        <source>From which unit</source>
        <translation>Từ đơn vị</translation>
    </message>
    <message>
        <source>To which unit</source>
        <translation>Đến đơn vị</translation>
    </message>
    <message>
        <source>Who receives it (empty: you)</source>
        <translation>Người nhận (để trống: bạn)</translation>
    </message>
    <message>
        <source>{count} dossiers were handed over.</source>
        <translation>Đã bàn giao {count} hồ sơ.</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>What must be done now. Every figure opens its list; the table shows the dossiers taken in last.</source>
        <translation>Việc phải làm bây giờ. Mỗi con số mở danh sách của nó; bảng bên dưới là các hồ sơ vừa tiếp nhận.</translation>
    </message>
    <message>
        <source>Take a dossier in. Type three letters of the procedure, scan the citizen&apos;s card, tick the papers with Space or F7, and F9 receives and prints. What you type is kept at once: after a power cut the form comes back.</source>
        <translation>Tiếp nhận một hồ sơ. Gõ ba chữ của thủ tục, quét thẻ căn cước, đánh dấu giấy tờ bằng Space hoặc F7, rồi F9 để tiếp nhận và in. Những gì gõ được lưu ngay: mất điện xong biểu vẫn còn.</translation>
    </message>
    <message>
        <source>Find a dossier: by any words of the name, the code, the phone or the identity number, accents or not. The most urgent come first.</source>
        <translation>Tìm hồ sơ theo bất kỳ chữ nào của họ tên, mã, điện thoại hay số định danh, có dấu hay không. Hồ sơ gấp nhất đứng đầu.</translation>
    </message>
    <message>
        <source>One dossier: where it stands, what happened, what can be done now and why the rest can&apos;t.</source>
        <translation>Một hồ sơ: đang ở đâu, đã qua những gì, bây giờ làm được gì và vì sao việc khác chưa được.</translation>
    </message>
    <message>
        <source>Scan a stack: F12 scans, and the code on each slip begins the set of its dossier. Look at the pages, turn, delete and split them; F9 files every set that knows its dossier, the others wait. Nothing that was scanned is lost before it is filed.</source>
        <translation>Quét cả xấp giấy: F12 quét, mã trên mỗi giấy tiếp nhận mở đầu bộ giấy tờ của hồ sơ đó. Xem lại các trang, xoay, xóa, tách; F9 lưu mọi bộ đã rõ hồ sơ, bộ còn lại đứng chờ. Trang đã quét không mất trước khi được lưu.</translation>
    </message>
    <message>
        <source>Scan the slip or the card; four steps are ticked as they are done. F10 returns the result, or goes where something is missing.</source>
        <translation>Quét giấy tiếp nhận hoặc thẻ căn cước; bốn bước tự đánh dấu khi xong. F10 trả kết quả, hoặc đưa đến chỗ còn thiếu.</translation>
    </message>
    <message>
        <source>Scan slip after slip into a batch. F9 records all of them at once and prints one list to sign; or none, where one may not go.</source>
        <translation>Quét lần lượt từng giấy tiếp nhận. F9 ghi tất cả một lần và in một phiếu để ký; một hồ sơ không bàn giao được thì không ghi hồ sơ nào.</translation>
    </message>
    <message>
        <source>Certified copies, signatures and contracts: one line for each paper, fee and number as you type. F9 does everything.</source>
        <translation>Chứng thực bản sao, chữ ký, hợp đồng: mỗi giấy tờ một dòng, phí và số hiện ngay khi gõ. F9 làm tất cả.</translation>
    </message>
    <message>
        <source>The reports of a period, from the dossiers themselves; what was sent stays as it was.</source>
        <translation>Báo cáo của một kỳ, tính từ chính hồ sơ; số liệu đã gửi giữ nguyên như khi gửi.</translation>
    </message>
    <message>
        <source>The registers as they are printed, page by page. A line is never deleted: it is struck through with a reason.</source>
        <translation>Sổ đúng như bản in, từng trang. Dòng không bao giờ bị xóa: chỉ gạch bỏ và ghi lý do.</translation>
    </message>
    <message>
        <source>Did it arrive? This PC sends and fetches by itself; here stands what waits, what needs a person, and what became of every exchange. Without a line everything goes on, and is sent later.</source>
        <translation>Đã tới tỉnh chưa? Máy tự gửi và tự nhận; ở đây có những gì chờ gửi, việc cần người xử lý và nhật ký từng lượt. Khi mất đường truyền, việc ở quầy vẫn làm, có mạng máy gửi sau.</translation>
    </message>
    <message>
        <source>The procedures in force with their papers, time limits and fees, and the calendar that appointments are counted by.</source>
        <translation>Các thủ tục đang có hiệu lực với giấy tờ, thời hạn, lệ phí, và lịch dùng để tính ngày hẹn.</translation>
    </message>
    <message>
        <source>A tab for each question: who may do what, does this PC work, is there a second copy, is there a new version, do the records agree. Everybody may look; administrators act.</source>
        <translation>Mỗi thẻ một câu hỏi: ai được làm gì, máy còn tốt không, có bản sao thứ hai chưa, có bản mới không, số liệu có khớp không. Ai cũng xem được, quản trị mới làm được.</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Trợ giúp</translation>
    </message>
    <message>
        <source>Chapter</source>
        <translation>Chương</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>Tìm trong sách hướng dẫn</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Mục lục</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>Phím của trang này</translation>
    </message>
    <message>
        <source>Whole manual as PDF</source>
        <translation>Cả sách, bản PDF</translation>
    </message>
    <message>
        <source>Cards with the keys</source>
        <translation>Thẻ phím để in</translation>
    </message>
    <message>
        <source>The PDF comes with the installed program.</source>
        <translation>Tệp PDF có sẵn trong chương trình đã cài.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>until {time}</source>
        <translation>đến {time}</translation>
    </message>
    <message>
        <source>late since {time}</source>
        <translation>trễ từ {time}</translation>
    </message>
    <message>
        <source>with the post</source>
        <translation>đang ở bưu chính</translation>
    </message>
    <message>
        <source>waits to be collected</source>
        <translation>chờ người nhận</translation>
    </message>
    <message>
        <source>Return to the citizen</source>
        <translation>Trả kết quả</translation>
    </message>
    <message>
        <source>before {time}</source>
        <translation>trước {time}</translation>
    </message>
    <message>
        <source>The missing papers</source>
        <translation>Giấy tờ bổ sung</translation>
    </message>
    <message>
        <source>not brought in time: somebody decides whether it is halted</source>
        <translation>quá hạn bổ sung: dừng giải quyết?</translation>
    </message>
    <message>
        <source>time stands still</source>
        <translation>thời gian tạm dừng</translation>
    </message>
    <message>
        <source>as promised on the slip</source>
        <translation>như đã hẹn trên giấy</translation>
    </message>
    <message>
        <source>due today</source>
        <translation>hẹn hôm nay</translation>
    </message>
    <message>
        <source>{days} working days left</source>
        <translation>còn {days} ngày làm việc</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>{who}. Book {book}, no. {number}</source>
        <translation>{who}. Sổ {book}, số {number}</translation>
    </message>
    <message>
        <source>. Received all the same: {reason}</source>
        <translation>. Vẫn tiếp nhận vì: {reason}</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Đã tiếp nhận</translation>
    </message>
    <message>
        <source>Entered later, from older records</source>
        <translation>Nhập sau, từ dữ liệu cũ</translation>
    </message>
    <message>
        <source>{form} again, no. {count}</source>
        <translation>{form}, in lại lần {count}</translation>
    </message>
    <message>
        <source>Slip made</source>
        <translation>Đã lập giấy tiếp nhận</translation>
    </message>
    <message>
        <source>due on paper: {due}</source>
        <translation>hẹn trên giấy: {due}</translation>
    </message>
    <message>
        <source>Fee collected</source>
        <translation>Đã thu lệ phí</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>Bàn giao</translation>
    </message>
    <message>
        <source>Papers were asked for</source>
        <translation>Yêu cầu bổ sung</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Đính chính</translation>
    </message>
    <message>
        <source>Form 02 made</source>
        <translation>Đã in mẫu 02</translation>
    </message>
    <message>
        <source>Form 03 made</source>
        <translation>Đã in mẫu 03</translation>
    </message>
    <message>
        <source>Form 04 made</source>
        <translation>Đã in mẫu 04</translation>
    </message>
    <message>
        <source>Form 05 made</source>
        <translation>Đã in mẫu 05</translation>
    </message>
    <message>
        <source>Control sheet made</source>
        <translation>Đã in phiếu kiểm soát</translation>
    </message>
    <message>
        <source>Receipt of the result made</source>
        <translation>Đã in giấy biên nhận kết quả</translation>
    </message>
    <message>
        <source>Hand-over list made</source>
        <translation>Đã in phiếu bàn giao</translation>
    </message>
    <message>
        <source>List of results made</source>
        <translation>Đã in phiếu bàn giao kết quả</translation>
    </message>
    <message>
        <source>Slip of several dossiers made</source>
        <translation>Đã in giấy hẹn nhiều hồ sơ</translation>
    </message>
    <message>
        <source>Process sheet made</source>
        <translation>Đã in phiếu quá trình</translation>
    </message>
    <message>
        <source>Folder label made</source>
        <translation>Đã in nhãn bìa</translation>
    </message>
    <message>
        <source>Paper made</source>
        <translation>Đã in giấy tờ</translation>
    </message>
    <message>
        <source>Fee given back</source>
        <translation>Hoàn phí</translation>
    </message>
    <message>
        <source>Note by {who}</source>
        <translation>Ghi chú của {who}</translation>
    </message>
    <message>
        <source>Form 02 no. {number}</source>
        <translation>Phiếu 02 số {number}</translation>
    </message>
    <message>
        <source>Counted anew: due {due}, before that {before}</source>
        <translation>Tính lại: hẹn trả {due}, trước là {before}</translation>
    </message>
    <message>
        <source>The papers were brought</source>
        <translation>Đã nhận đủ giấy tờ</translation>
    </message>
    <message>
        <source>Form 03 no. {number}</source>
        <translation>Phiếu 03 số {number}</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Từ chối tiếp nhận</translation>
    </message>
    <message>
        <source>Back at the desk</source>
        <translation>Trả về quầy</translation>
    </message>
    <message>
        <source>Handed over to {unit}</source>
        <translation>Bàn giao cho {unit}</translation>
    </message>
    <message>
        <source>{count} sheets</source>
        <translation>{count} tờ</translation>
    </message>
    <message>
        <source>{who} received it</source>
        <translation>{who} nhận</translation>
    </message>
    <message>
        <source>from {unit}</source>
        <translation>từ {unit}</translation>
    </message>
    <message>
        <source>Step done: {what}</source>
        <translation>Xong bước: {what}</translation>
    </message>
    <message>
        <source>{new}, before that {old}. {reason}. Decided by {who}</source>
        <translation>Hẹn {new}, trước là {old}. {reason}. Người quyết định: {who}</translation>
    </message>
    <message>
        <source>Extended, with an apology</source>
        <translation>Gia hạn và xin lỗi</translation>
    </message>
    <message>
        <source>Halted</source>
        <translation>Dừng giải quyết</translation>
    </message>
    <message>
        <source>Withdrawn by the applicant</source>
        <translation>Người nộp rút hồ sơ</translation>
    </message>
    <message>
        <source>Result: a refusal</source>
        <translation>Kết quả: văn bản từ chối</translation>
    </message>
    <message>
        <source>Result ready</source>
        <translation>Có kết quả</translation>
    </message>
    <message>
        <source>Sent by post</source>
        <translation>Gửi bưu chính</translation>
    </message>
    <message>
        <source>{who} took it</source>
        <translation>{who} nhận</translation>
    </message>
    <message>
        <source>without the slip</source>
        <translation>mất giấy tiếp nhận</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Đã trả kết quả</translation>
    </message>
    <message>
        <source>Correction asked of the province</source>
        <translation>Đề nghị tỉnh đính chính</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Đính chính</translation>
    </message>
    <message>
        <source>{score} of 5</source>
        <translation>{score} trên 5</translation>
    </message>
    <message>
        <source>Rated by the citizen</source>
        <translation>Người dân đánh giá</translation>
    </message>
    <message>
        <source>Linked with other dossiers</source>
        <translation>Liên thông với hồ sơ khác</translation>
    </message>
    <message>
        <source>Second code</source>
        <translation>Mã thứ hai</translation>
    </message>
    <message>
        <source>pages: {count}</source>
        <translation>{count} trang</translation>
    </message>
    <message>
        <source>Used an earlier file again</source>
        <translation>Dùng lại tệp đã số hóa</translation>
    </message>
    <message>
        <source>Digitised</source>
        <translation>Số hóa giấy tờ</translation>
    </message>
    <message>
        <source>Record of a digitised paper changed</source>
        <translation>Sửa thông tin giấy tờ số hóa</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>Gỡ tệp số hóa</translation>
    </message>
    <message>
        <source>Form {number}</source>
        <translation>Mẫu số {number}</translation>
    </message>
    <message>
        <source>From the province</source>
        <translation>Tin từ tỉnh</translation>
    </message>
    <message>
        <source>Accepted by the province</source>
        <translation>Tỉnh đã nhận</translation>
    </message>
    <message>
        <source>Judged by the province</source>
        <translation>Tỉnh đã trả lời, cần xem</translation>
    </message>
    <message>
        <source>Changed at another counter</source>
        <translation>Sửa tại quầy khác</translation>
    </message>
    <message>
        <source>Taken over from the province</source>
        <translation>Lấy về từ hệ thống tỉnh</translation>
    </message>
    <message>
        <source>Filed at the portal</source>
        <translation>Nộp trên cổng dịch vụ công</translation>
    </message>
    <message>
        <source>Changed by the province</source>
        <translation>Tỉnh sửa hồ sơ</translation>
    </message>
    <message>
        <source>Progress elsewhere</source>
        <translation>Tiến độ ở nơi khác</translation>
    </message>
    <message>
        <source>Official code given</source>
        <translation>Được cấp mã chính thức</translation>
    </message>
    <message>
        <source>Given to another commune</source>
        <translation>Chuyển sang xã khác</translation>
    </message>
    <message>
        <source>The province asks for a form</source>
        <translation>Tỉnh đề nghị in mẫu</translation>
    </message>
    <message>
        <source>File arrived at the province</source>
        <translation>Tỉnh đã nhận tệp</translation>
    </message>
    <message>
        <source>File not usable for the province</source>
        <translation>Tỉnh không dùng được tệp</translation>
    </message>
    <message>
        <source>Message of the province</source>
        <translation>Thông báo của tỉnh</translation>
    </message>
    <message>
        <source>Lost act read back from the province</source>
        <translation>Việc đã mất, đọc lại từ tỉnh</translation>
    </message>
    <message>
        <source>Entry of the province that can&apos;t be read</source>
        <translation>Mục từ tỉnh không đọc được</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Overdue</source>
        <translation>Quá hạn</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>Hẹn trả hôm nay</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>Sắp đến hạn</translation>
    </message>
    <message>
        <source>Results waiting</source>
        <translation>Kết quả chờ trả</translation>
    </message>
    <message>
        <source>Awaiting papers</source>
        <translation>Chờ bổ sung</translation>
    </message>
    <message>
        <source>Needs action</source>
        <translation>Cần xử lý</translation>
    </message>
    <message>
        <source>The ten dossiers just received</source>
        <translation>Mười hồ sơ vừa tiếp nhận</translation>
    </message>
    <message>
        <source>No dossier yet today. Alt+2 takes one in.</source>
        <translation>Chưa có hồ sơ nào hôm nay. Alt+2 để tiếp nhận.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Giờ</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Mã hồ sơ</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Hẹn trả</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Tỉnh</translation>
    </message>
    <message>
        <source>Today, {day}</source>
        <translation>Hôm nay, {day}</translation>
    </message>
    <message>
        <source>{weekday} {date} closed: {name}</source>
        <translation>{weekday} {date} nghỉ: {name}</translation>
    </message>
    <message>
        <source>All {count} dossiers of today</source>
        <translation>Xem cả {count} hồ sơ hôm nay</translation>
    </message>
    <message>
        <source>Dossier numbers</source>
        <translation>Số hồ sơ</translation>
    </message>
    <message>
        <source>none</source>
        <translation>không có</translation>
    </message>
    <message>
        <source>at worst {time}</source>
        <translation>lâu nhất {time}</translation>
    </message>
    <message>
        <source>alarm: {share} % of all</source>
        <translation>báo động: {share} % hồ sơ</translation>
    </message>
    <message>
        <source>until {weekday} {date}</source>
        <translation>đến {weekday} {date}</translation>
    </message>
    <message>
        <source>{count} by post</source>
        <translation>{count} gửi bưu chính</translation>
    </message>
    <message>
        <source>to hand over</source>
        <translation>chờ người dân đến nhận</translation>
    </message>
    <message>
        <source>{count} not brought in time</source>
        <translation>{count} quá hạn bổ sung</translation>
    </message>
    <message>
        <source>{count} have a result</source>
        <translation>{count} đã có kết quả</translation>
    </message>
    <message>
        <source>clock is stopped</source>
        <translation>đang dừng tính giờ</translation>
    </message>
    <message>
        <source>a person must look</source>
        <translation>cần người xem lại</translation>
    </message>
</context>
<context>
    <name>HouseDesk</name>
    <message>
        <source>Only the head, an administrator or an inspector reads the audit trail.</source>
        <translation>Chỉ lãnh đạo, quản trị hoặc người kiểm tra được xem nhật ký.</translation>
    </message>
    <message>
        <source>Saved. It holds from the next act on.</source>
        <translation>Đã lưu. Có hiệu lực từ việc kế tiếp.</translation>
    </message>
</context>
<context>
    <name>IntakePage</name>
    <message>
        <source>Your role takes no dossiers in.</source>
        <translation>Vai trò của bạn không tiếp nhận hồ sơ.</translation>
    </message>
    <message>
        <source>This dossier is being received.</source>
        <translation>Đang tiếp nhận hồ sơ này.</translation>
    </message>
    <message>
        <source>The form is empty.</source>
        <translation>Biểu đang trống.</translation>
    </message>
    <message>
        <source>Nothing was cleared.</source>
        <translation>Chưa xóa gì.</translation>
    </message>
    <message>
        <source>Choose the procedure first.</source>
        <translation>Hãy chọn thủ tục trước.</translation>
    </message>
    <message>
        <source>The slip is being drawn.</source>
        <translation>Đang vẽ giấy tiếp nhận.</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Đang ghi…</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Lấy lại</translation>
    </message>
    <message>
        <source>The form was cleared.</source>
        <translation>Đã xóa trắng biểu.</translation>
    </message>
    <message>
        <source>Receipt slip</source>
        <translation>Giấy tiếp nhận</translation>
    </message>
    <message>
        <source>{name} stands in the place of the applicant before.</source>
        <translation>{name} thay cho người nộp trước đó.</translation>
    </message>
    <message>
        <source>Due {time}</source>
        <translation>Hẹn trả {time}</translation>
    </message>
    <message>
        <source>{count} to look at: F6</source>
        <translation>{count} điều cần xem: F6</translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation>Đã lưu nháp {time}</translation>
    </message>
    <message>
        <source>The draft is not kept.</source>
        <translation>Chưa lưu được nháp.</translation>
    </message>
    <message>
        <source>Parked: {label}. F5 takes it up again.</source>
        <translation>Đã cất: {label}. F5 để lấy lại.</translation>
    </message>
</context>
<context>
    <name>IntakeSide</name>
    <message>
        <source> (and {count} more)</source>
        <translation> (và {count} điều nữa)</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>to be known</source>
        <translation>cần biết</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Cơ sở dữ liệu</translation>
    </message>
    <message>
        <source>It lies on a PostgreSQL server, which has to make its own copies. Only scans are kept here.</source>
        <translation>Nằm trên máy chủ PostgreSQL, máy chủ phải tự sao lưu. Ở đây chỉ lưu các tệp quét.</translation>
    </message>
    <message>
        <source>Only one copy</source>
        <translation>Chỉ có một bản</translation>
    </message>
    <message>
        <source>Look after the copies</source>
        <translation>Sao lưu cần xem</translation>
    </message>
    <message>
        <source>No copy was ever made on another disk. Enter a folder on a USB disk or a share below.</source>
        <translation>Chưa từng sao lưu sang ổ khác. Hãy nhập ở dưới một thư mục trên ổ USB hoặc thư mục mạng.</translation>
    </message>
    <message>
        <source>Since {moment} none was made on another disk. Plug in the USB disk or connect the share.</source>
        <translation>Từ {moment} chưa sao lưu được sang ổ khác. Hãy cắm ổ USB hoặc nối thư mục mạng.</translation>
    </message>
    <message>
        <source>Second copy</source>
        <translation>Bản thứ hai</translation>
    </message>
    <message>
        <source>On another disk, the newest of {moment}.</source>
        <translation>Có trên ổ khác, bản mới nhất lúc {moment}.</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>ổn</translation>
    </message>
    <message>
        <source>Not set up on this PC.</source>
        <translation>Chưa đặt trên máy này.</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>thiếu</translation>
    </message>
    <message>
        <source>Disk of this PC</source>
        <translation>Ổ của máy này</translation>
    </message>
    <message>
        <source>No copy yet.</source>
        <translation>Chưa có bản nào.</translation>
    </message>
    <message>
        <source>should be looked at</source>
        <translation>cần xem</translation>
    </message>
    <message>
        <source>Not connected now.</source>
        <translation>Hiện chưa cắm hoặc chưa nối.</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>chưa nối</translation>
    </message>
    <message>
        <source>Last copy {moment}: {dossiers} dossiers, {size}.</source>
        <translation>Bản mới nhất {moment}: {dossiers} hồ sơ, {size}.</translation>
    </message>
    <message>
        <source>Last copy {moment}: {dossiers} dossiers, {size}; {files} scans, {files_size}.</source>
        <translation>Bản mới nhất {moment}: {dossiers} hồ sơ, {size}; {files} tệp quét, {files_size}.</translation>
    </message>
    <message>
        <source>Rehearsal of a restore</source>
        <translation>Diễn tập khôi phục</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>chưa có</translation>
    </message>
    <message>
        <source>None yet; it is made by itself once a month, as soon as there is a copy.</source>
        <translation>Chưa lần nào; máy tự diễn tập mỗi tháng một lần, ngay khi có bản sao lưu.</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>không đạt</translation>
    </message>
    <message>
        <source>{moment}: all {dossiers} dossiers and {files} scans could be read from {file}.</source>
        <translation>{moment}: đọc được đủ {dossiers} hồ sơ và {files} tệp quét từ {file}.</translation>
    </message>
</context>
<context>
    <name>KeepingSection</name>
    <message>
        <source>Copies are encrypted and made by themselves: at the first start of a day, at the times below, at the close, before an update. After a broken disk restore one in the window of the first start, on a new PC with the recovery sheet; no number is issued twice.</source>
        <translation>Bản sao lưu được mã hóa và tự tạo: lần mở đầu ngày, các giờ đặt ở dưới, lúc đóng chương trình, trước khi cập nhật. Hỏng ổ đĩa thì khôi phục ngay ở màn hình lần đầu, trên máy mới thì dùng thêm phiếu khôi phục; không số nào cấp hai lần.</translation>
    </message>
    <message>
        <source>Make a copy now</source>
        <translation>Sao lưu ngay</translation>
    </message>
    <message>
        <source>Rehearse a restore</source>
        <translation>Diễn tập khôi phục</translation>
    </message>
    <message>
        <source>Add a place…</source>
        <translation>Thêm nơi lưu…</translation>
    </message>
    <message>
        <source>Break off</source>
        <translation>Ngừng</translation>
    </message>
    <message>
        <source>Copies of the desk</source>
        <translation>Các bản sao lưu của quầy</translation>
    </message>
    <message>
        <source>A copy when the program is closed</source>
        <translation>Sao lưu khi đóng chương trình</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Nơi lưu</translation>
    </message>
    <message>
        <source>Folders on other disks, shares or sticks, with commas between.</source>
        <translation>Thư mục trên ổ khác, thư mục mạng hoặc ổ USB, cách nhau dấu phẩy.</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Giờ sao lưu</translation>
    </message>
    <message>
        <source>such as 10:30, 15:00</source>
        <translation>ví dụ 10:30, 15:00</translation>
    </message>
    <message>
        <source>At close</source>
        <translation>Lúc đóng</translation>
    </message>
    <message>
        <source>Newest kept</source>
        <translation>Giữ bản mới nhất</translation>
    </message>
    <message>
        <source>Days kept</source>
        <translation>Giữ theo ngày</translation>
    </message>
    <message>
        <source>Weeks kept</source>
        <translation>Giữ theo tuần</translation>
    </message>
    <message>
        <source>Months kept</source>
        <translation>Giữ theo tháng</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Sao lưu</translation>
    </message>
    <message>
        <source>Nothing is under way.</source>
        <translation>Không có việc nào đang chạy.</translation>
    </message>
    <message>
        <source>Only an administrator says where copies go.</source>
        <translation>Chỉ quản trị viên đặt được nơi lưu.</translation>
    </message>
    <message>
        <source>A copy is being made.</source>
        <translation>Đang sao lưu.</translation>
    </message>
    <message>
        <source>Making a copy…</source>
        <translation>Đang sao lưu…</translation>
    </message>
    <message>
        <source>Rehearsing a restore…</source>
        <translation>Đang diễn tập khôi phục…</translation>
    </message>
    <message>
        <source>Breaking off…</source>
        <translation>Đang ngừng…</translation>
    </message>
    <message>
        <source>Folder on another disk</source>
        <translation>Thư mục trên ổ khác</translation>
    </message>
    <message>
        <source>Making a copy… step {done} of {of}</source>
        <translation>Đang sao lưu… bước {done}/{of}</translation>
    </message>
    <message>
        <source>Copied to {count} places and checked.</source>
        <translation>Đã sao lưu vào {count} nơi và kiểm tra đọc được.</translation>
    </message>
    <message>
        <source>There is no copy yet to be restored. Make one first.</source>
        <translation>Chưa có bản nào để khôi phục thử. Hãy sao lưu trước.</translation>
    </message>
    <message>
        <source>The places and times of copies were saved.</source>
        <translation>Đã lưu nơi và giờ sao lưu.</translation>
    </message>
</context>
<context>
    <name>KeyLine</name>
    <message>
        <source>More</source>
        <translation>Thêm</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>All keys</source>
        <translation>Tất cả phím</translation>
    </message>
    <message>
        <source>On this page</source>
        <translation>Ở trang này</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Ở mọi trang</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>New dossiers</source>
        <translation>Hồ sơ mới</translation>
    </message>
    <message>
        <source>Results and returns</source>
        <translation>Kết quả, trả kết quả</translation>
    </message>
    <message>
        <source>Other work on dossiers</source>
        <translation>Việc khác ở hồ sơ</translation>
    </message>
    <message>
        <source>Scanned papers</source>
        <translation>Tệp quét</translation>
    </message>
    <message>
        <source>This PC is not enrolled with the province</source>
        <translation>Máy này chưa đăng ký với tỉnh</translation>
    </message>
    <message>
        <source>Sending pauses</source>
        <translation>Đang tạm dừng gửi</translation>
    </message>
    <message>
        <source>Exchanging with the province…</source>
        <translation>Đang trao đổi với tỉnh…</translation>
    </message>
    <message>
        <source>All quiet, looks again in {time}</source>
        <translation>Đã xong, kiểm tra lại sau {time}</translation>
    </message>
    <message>
        <source>Sends in {time}</source>
        <translation>Sẽ gửi sau {time}</translation>
    </message>
    <message>
        <source>No line now, tries again in {time}</source>
        <translation>Chưa có đường truyền, thử lại sau {time}</translation>
    </message>
    <message>
        <source>Waits for a person, tries again in {time}</source>
        <translation>Chờ người xử lý, thử lại sau {time}</translation>
    </message>
    <message>
        <source>Another window exchanges with the province</source>
        <translation>Một cửa sổ khác đang đồng bộ với tỉnh</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} ngày</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} giờ {minutes} phút</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} phút</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} giây</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>chưa có</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>không có gì chờ</translation>
    </message>
    <message>
        <source>saved on this PC, sending pauses</source>
        <translation>đã lưu trên máy, đang tạm dừng gửi</translation>
    </message>
    <message>
        <source>saved on this PC, waits for an unmetered line</source>
        <translation>đã lưu trên máy, chờ đường truyền không tính tiền</translation>
    </message>
    <message>
        <source>saved on this PC, goes on tomorrow</source>
        <translation>đã lưu trên máy, mai gửi tiếp</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>đang gửi</translation>
    </message>
    <message>
        <source>saved on this PC</source>
        <translation>đã lưu trên máy</translation>
    </message>
    <message>
        <source>sent {count}</source>
        <translation>gửi {count} việc</translation>
    </message>
    <message>
        <source>files arrived: {count}</source>
        <translation>{count} tệp đã đến tỉnh</translation>
    </message>
    <message>
        <source>received {count}</source>
        <translation>nhận {count} thay đổi</translation>
    </message>
    <message>
        <source>in touch {count} times, nothing new</source>
        <translation>liên lạc {count} lần, không có gì mới</translation>
    </message>
    <message>
        <source>in touch, nothing new</source>
        <translation>đã liên lạc, không có gì mới</translation>
    </message>
</context>
<context>
    <name>LineDetails</name>
    <message>
        <source>Electronic copy</source>
        <translation>Bản sao điện tử</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>Người ký trong giấy tờ</translation>
    </message>
    <message>
        <source>Who signs, with their papers; empty: the requester</source>
        <translation>Người ký, số giấy tờ tùy thân; để trống là người yêu cầu</translation>
    </message>
    <message>
        <source>The parties and their papers</source>
        <translation>Các bên: họ tên, số giấy tờ tùy thân</translation>
    </message>
</context>
<context>
    <name>LineSheet</name>
    <message>
        <source>The line</source>
        <translation>Đường truyền</translation>
    </message>
    <message>
        <source>Work at the desk goes on as ever; everything is saved on this PC.</source>
        <translation>Việc ở quầy vẫn làm như thường, mọi thứ lưu trên máy này.</translation>
    </message>
    <message>
        <source>Last proven contact: {time}</source>
        <translation>Tỉnh trả lời lần cuối: {time}</translation>
    </message>
    <message>
        <source>Oldest unsent: {age}</source>
        <translation>Chờ gửi lâu nhất: {age}</translation>
    </message>
    <message>
        <source>Rate of the last sending: {size}/s</source>
        <translation>Tốc độ lần gửi gần nhất: {size}/giây</translation>
    </message>
    <message>
        <source>Scans sent today: {size}</source>
        <translation>Tệp quét đã gửi hôm nay: {size}</translation>
    </message>
    <message>
        <source>Scans sent today: {size} of {most}</source>
        <translation>Tệp quét đã gửi hôm nay: {size}, mức mỗi ngày {most}</translation>
    </message>
</context>
<context>
    <name>ListedSettingsDialog</name>
    <message>
        <source>Add a line</source>
        <translation>Thêm dòng</translation>
    </message>
    <message>
        <source>Take the line out</source>
        <translation>Bỏ dòng</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Lên</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Xuống</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Only an administrator changes what the commune keeps of its own house.</source>
        <translation>Chỉ quản trị viên mới sửa được các danh sách này.</translation>
    </message>
</context>
<context>
    <name>LoginScreen</name>
    <message>
        <source>Who are you?</source>
        <translation>Bạn là ai?</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Start work</source>
        <translation>Vào làm việc</translation>
    </message>
    <message>
        <source>Choose the person</source>
        <translation>Chọn người</translation>
    </message>
    <message>
        <source>Forgotten password</source>
        <translation>Quên mật khẩu</translation>
    </message>
    <message>
        <source>Offline, work goes on as usual</source>
        <translation>Ngoại tuyến, vẫn làm việc bình thường</translation>
    </message>
    <message>
        <source>Type your password, then press Enter.</source>
        <translation>Hãy gõ mật khẩu rồi bấm Enter.</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>Mật khẩu của {name}</translation>
    </message>
    <message>
        <source>The Vietnamese input method is on and may change the letters of your password</source>
        <translation>Bộ gõ tiếng Việt đang bật, mật khẩu có thể bị đổi dấu</translation>
    </message>
    <message>
        <source>Too many wrong passwords. Try again in {minutes}:{seconds}.</source>
        <translation>Sai mật khẩu quá nhiều lần. Thử lại sau {minutes}:{seconds}.</translation>
    </message>
    <message>
        <source>Ask the administrator of this desk to give you a new password; it can&apos;t be read back, only replaced.</source>
        <translation>Hãy nhờ người quản trị của quầy cấp mật khẩu mới; mật khẩu cũ không đọc lại được, chỉ thay được.</translation>
    </message>
</context>
<context>
    <name>LostKeyScreen</name>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quầy Một Cửa</translation>
    </message>
    <message>
        <source>The desk is not open</source>
        <translation>Quầy chưa mở được</translation>
    </message>
    <message>
        <source>Recovery code: the eight groups on the recovery sheet</source>
        <translation>Mã khôi phục: tám nhóm trên phiếu khôi phục</translation>
    </message>
    <message>
        <source>Open the desk</source>
        <translation>Mở quầy</translation>
    </message>
    <message>
        <source>Try again without the code</source>
        <translation>Thử mở lại, không gõ mã</translation>
    </message>
    <message>
        <source>The data on this PC is encrypted, and its key was not found or does not fit. Take the recovery sheet out of the locked cupboard and type its code: the key is put back, and everybody logs in with the password as ever.</source>
        <translation>Dữ liệu trên máy này được mã hóa; khóa của dữ liệu không tìm thấy hoặc không đúng. Hãy lấy phiếu khôi phục trong tủ khóa và gõ mã trên phiếu: khóa được đặt lại, mọi người đăng nhập bằng mật khẩu như trước.</translation>
    </message>
    <message>
        <source>The recovery sheet is needed</source>
        <translation>Cần phiếu khôi phục</translation>
    </message>
</context>
<context>
    <name>MachineSection</name>
    <message>
        <source>Examine thoroughly</source>
        <translation>Kiểm tra kỹ</translation>
    </message>
    <message>
        <source>Diagnostics file…</source>
        <translation>Tệp chẩn đoán…</translation>
    </message>
    <message>
        <source>The diagnostics file holds no personal data, is plain text to look into, and is sent by nobody: you give it away yourself.</source>
        <translation>Tệp chẩn đoán không có dữ liệu cá nhân, là văn bản thường để mở xem, và không tự gửi đi đâu: bạn tự đưa cho người hỗ trợ.</translation>
    </message>
    <message>
        <source>State of this PC</source>
        <translation>Tình trạng máy</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>Tình trạng máy</translation>
    </message>
    <message>
        <source>Diagnostics file</source>
        <translation>Tệp chẩn đoán</translation>
    </message>
    <message>
        <source>Examining…</source>
        <translation>Đang kiểm tra…</translation>
    </message>
    <message>
        <source>{bad} must be mended, {looks} should be looked at</source>
        <translation>{bad} việc phải khắc phục, {looks} việc nên xem lại</translation>
    </message>
    <message>
        <source>Everything is in order</source>
        <translation>Mọi thứ đều tốt</translation>
    </message>
    <message>
        <source>Writing the diagnostics file…</source>
        <translation>Đang ghi tệp chẩn đoán…</translation>
    </message>
    <message>
        <source>Written: {name}. Look into it, then give it to those who help.</source>
        <translation>Đã ghi {name}. Hãy mở xem rồi đưa cho người hỗ trợ.</translation>
    </message>
</context>
<context>
    <name>MessageSettingsDialog</name>
    <message>
        <source>Messages to citizens: settings</source>
        <translation>Thiết lập tin báo cho người dân</translation>
    </message>
    <message>
        <source>Write without accents: an SMS holds more</source>
        <translation>Viết không dấu: một tin SMS chứa được nhiều chữ hơn</translation>
    </message>
    <message>
        <source>Tell citizens on this occasion</source>
        <translation>Báo tin khi có dịp này</translation>
    </message>
    <message>
        <source>Take the program&apos;s words</source>
        <translation>Lấy lại câu của chương trình</translation>
    </message>
    <message>
        <source>As it is sent</source>
        <translation>Tin sẽ gửi</translation>
    </message>
    <message>
        <source>Program&apos;s words {version}: {source} Confidence: {sure}.</source>
        <translation>Câu của chương trình {version}: {source} Độ tin cậy: {sure}.</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Kênh báo tin</translation>
    </message>
    <message>
        <source>Remind of a result after so many days (0: never)</source>
        <translation>Nhắc nhận kết quả sau bao nhiêu ngày (0: không nhắc)</translation>
    </message>
    <message>
        <source>Occasion</source>
        <translation>Dịp báo tin</translation>
    </message>
    <message>
        <source>Expires after so many days</source>
        <translation>Hết hiệu lực sau bao nhiêu ngày</translation>
    </message>
    <message>
        <source>Empty: the program&apos;s words. {code}, {procedure}, {place} and {hours} are filled in.</source>
        <translation>Để trống là dùng câu của chương trình. {code}, {procedure}, {place}, {hours} được điền vào.</translation>
    </message>
    <message>
        <source>Text. {code}, {procedure}, {place} and {hours} are filled in</source>
        <translation>Nội dung tin. {code}, {procedure}, {place}, {hours} được điền vào</translation>
    </message>
    <message>
        <source>Text where the result goes by post</source>
        <translation>Nội dung khi kết quả gửi qua bưu điện</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Only an administrator changes how citizens are told.</source>
        <translation>Chỉ quản trị viên được sửa cách báo tin.</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Email</translation>
    </message>
    <message>
        <source>Zalo</source>
        <translation>Zalo</translation>
    </message>
    <message>
        <source>a call, from the printed list</source>
        <translation>gọi điện theo danh sách in</translation>
    </message>
</context>
<context>
    <name>NoticesDialog</name>
    <message>
        <source>Earlier notices</source>
        <translation>Thông báo đã qua</translation>
    </message>
    <message>
        <source>Nothing yet. What the desk tells you in passing is kept here.</source>
        <translation>Chưa có gì. Các thông báo thoáng qua được giữ lại ở đây.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Giờ</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Thông báo</translation>
    </message>
</context>
<context>
    <name>NumberDialog</name>
    <message>
        <source>Number {first} to {last}</source>
        <translation>Số từ {first} đến {last}</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Tới trang đó</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Type a number from {first} to {last}.</source>
        <translation>Hãy gõ một số từ {first} đến {last}.</translation>
    </message>
</context>
<context>
    <name>NumberHelpDialog</name>
    <message>
        <source>Dossier numbers</source>
        <translation>Số hồ sơ</translation>
    </message>
    <message>
        <source>Restore of the day that the province granted a range for</source>
        <translation>Lần khôi phục trong ngày được tỉnh cấp dải số</translation>
    </message>
    <message>
        <source>Range of this counter</source>
        <translation>Dải số của quầy này</translation>
    </message>
    <message>
        <source>Where no official number is safe</source>
        <translation>Khi không chắc số chính thức</translation>
    </message>
    <message>
        <source>stop and say so</source>
        <translation>dừng lại và báo</translation>
    </message>
    <message>
        <source>print provisional codes (TAM-…)</source>
        <translation>in mã tạm (TAM-…)</translation>
    </message>
    <message>
        <source>Date on the newest slip</source>
        <translation>Ngày trên giấy mới nhất</translation>
    </message>
    <message>
        <source>Highest number of that date (0: none)</source>
        <translation>Số lớn nhất của ngày đó (0: không có)</translation>
    </message>
    <message>
        <source>This is the newest slip</source>
        <translation>Đây là giấy mới nhất</translation>
    </message>
    <message>
        <source>Open the recovery range</source>
        <translation>Mở dải số khôi phục</translation>
    </message>
    <message>
        <source>Save the range</source>
        <translation>Lưu dải số</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>The next dossier gets {code}.</source>
        <translation>Hồ sơ tiếp theo mang mã {code}.</translation>
    </message>
    <message>
        <source>restore {generation}: {first}–{last}</source>
        <translation>khôi phục lần {generation}: {first}–{last}</translation>
    </message>
    <message>
        <source>Last number of {day} known on this PC: {last}.</source>
        <translation>Số cuối của ngày {day} mà máy này biết: {last}.</translation>
    </message>
    <message>
        <source>On this PC no number of {day} is known.</source>
        <translation>Máy này chưa biết số nào của ngày {day}.</translation>
    </message>
    <message>
        <source>The data was restored or moved: once the newest slip is entered, the official numbers go on.</source>
        <translation>Dữ liệu vừa được khôi phục hoặc chuyển máy: nhập giấy mới nhất thì số chính thức được cấp tiếp.</translation>
    </message>
    <message>
        <source>Find this counter&apos;s slip with the latest date, and of that date the highest number; a TAM code has none. Where no slip was ever printed: today&apos;s date and 0.</source>
        <translation>Hãy tìm giấy tiếp nhận có ngày muộn nhất của quầy này và số lớn nhất của ngày đó; mã TAM không tính. Chưa từng in giấy nào: ghi ngày hôm nay và số 0.</translation>
    </message>
    <message>
        <source>Type the last four digits of the slip&apos;s code as a number, 0 where no official code bears that date.</source>
        <translation>Hãy gõ bốn chữ số cuối của mã trên giấy, hoặc 0 nếu ngày đó không có mã chính thức.</translation>
    </message>
    <message>
        <source>Recovery range open today: {first}–{last}.</source>
        <translation>Dải số khôi phục mở hôm nay: {first}–{last}.</translation>
    </message>
    <message>
        <source>Only an administrator can vouch for a number or change the range.</source>
        <translation>Chỉ quản trị được xác nhận số hoặc sửa dải số.</translation>
    </message>
</context>
<context>
    <name>OfficeLists</name>
    <message>
        <source>Name of the unit</source>
        <translation>Tên bộ phận</translation>
    </message>
    <message>
        <source>Code (empty: the name)</source>
        <translation>Mã (để trống: lấy theo tên)</translation>
    </message>
    <message>
        <source>Who answers for it</source>
        <translation>Người phụ trách</translation>
    </message>
    <message>
        <source>Units of the commune</source>
        <translation>Các bộ phận của xã</translation>
    </message>
    <message>
        <source>Dossiers are handed over to these units, and reports count by them.</source>
        <translation>Hồ sơ được bàn giao cho các bộ phận này; báo cáo cũng tính theo từng bộ phận.</translation>
    </message>
    <message>
        <source>No unit is set.</source>
        <translation>Chưa có bộ phận nào.</translation>
    </message>
    <message>
        <source>Name of the signer</source>
        <translation>Họ tên người ký</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Chức vụ</translation>
    </message>
    <message>
        <source>Signs from (may stay empty)</source>
        <translation>Ký từ ngày (có thể để trống)</translation>
    </message>
    <message>
        <source>Signs until (may stay empty)</source>
        <translation>Ký đến ngày (có thể để trống)</translation>
    </message>
    <message>
        <source>Signs only (empty: everything)</source>
        <translation>Chỉ ký (để trống: ký tất cả)</translation>
    </message>
    <message>
        <source>Fields or registers, separated by a semicolon, for example SCT/BS; SCT/CKND</source>
        <translation>Lĩnh vực hoặc sổ, cách nhau bằng dấu chấm phẩy, ví dụ SCT/BS; SCT/CKND</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <source>Offered wherever a signer is asked for, on the days and for the fields and registers named here.</source>
        <translation>Được gợi ý ở mọi nơi cần người ký, trong những ngày và với lĩnh vực, sổ ghi ở đây.</translation>
    </message>
    <message>
        <source>No signer is set. Names are typed each time until then.</source>
        <translation>Chưa có người ký nào. Khi chưa có, mỗi lần phải gõ họ tên.</translation>
    </message>
    <message>
        <source>until the dossier is due</source>
        <translation>đến ngày hẹn trả</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>giờ</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>ngày làm việc</translation>
    </message>
    <message>
        <source>days</source>
        <translation>ngày</translation>
    </message>
    <message>
        <source>Name of the step</source>
        <translation>Tên bước</translation>
    </message>
    <message>
        <source>Unit that does it</source>
        <translation>Bộ phận thực hiện</translation>
    </message>
    <message>
        <source>How long it may take</source>
        <translation>Thời hạn</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>Tính theo</translation>
    </message>
    <message>
        <source>all procedures without steps of their own</source>
        <translation>mọi thủ tục không có quy trình riêng</translation>
    </message>
    <message>
        <source>Steps of procedures</source>
        <translation>Quy trình giải quyết</translation>
    </message>
    <message>
        <source>What a dossier goes through behind the desk. Without any line: back to what held before.</source>
        <translation>Các bước hồ sơ đi qua phía sau quầy. Xóa hết dòng rồi lưu: trở lại quy trình dùng trước đó.</translation>
    </message>
    <message>
        <source>No step: what held before holds again.</source>
        <translation>Không có bước nào: dùng lại quy trình trước đó.</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>no date</source>
        <translation>không hẹn ngày</translation>
    </message>
    <message>
        <source>Received {code}. Due {due}.</source>
        <translation>Đã tiếp nhận {code}. Hẹn trả {due}.</translation>
    </message>
    <message>
        <source>{words} No printer is chosen: Ctrl+, chooses one.</source>
        <translation>{words} Chưa chọn máy in: bấm Ctrl+, để chọn.</translation>
    </message>
    <message>
        <source>Decide and return at once</source>
        <translation>Giải quyết tại chỗ</translation>
    </message>
    <message>
        <source>Dossier numbers</source>
        <translation>Số hồ sơ</translation>
    </message>
</context>
<context>
    <name>PageSide</name>
    <message>
        <source>Hold V, or hold the pointer down on the picture, to see the page as it came.</source>
        <translation>Giữ phím V, hoặc giữ chuột trên hình, để xem trang như lúc quét.</translation>
    </message>
    <message>
        <source>The current page</source>
        <translation>Trang đang chọn</translation>
    </message>
    <message>
        <source>Clean this page (C)</source>
        <translation>Làm sạch trang này (C)</translation>
    </message>
    <message>
        <source>Dossier (F3, or scan its slip)</source>
        <translation>Hồ sơ (F3, hoặc quét mã trên giấy tiếp nhận)</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Thuộc giấy tờ</translation>
    </message>
    <message>
        <source>Page {number}, {name}</source>
        <translation>Trang {number}, {name}</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>Trang {number}</translation>
    </message>
    <message>
        <source>as it came</source>
        <translation>như lúc quét</translation>
    </message>
    <message>
        <source>as it will be filed</source>
        <translation>như sẽ lưu</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>being scanned</source>
        <translation>đang quét</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Commands</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>A command, or words to search for</source>
        <translation>Lệnh, hoặc chữ cần tìm</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>Search dossiers for “{words}”</source>
        <translation>Tìm hồ sơ có “{words}”</translation>
    </message>
</context>
<context>
    <name>PaperActDialog</name>
    <message>
        <source>Leave it</source>
        <translation>Thôi</translation>
    </message>
</context>
<context>
    <name>PaperDetails</name>
    <message>
        <source>Number of the result</source>
        <translation>Số kết quả</translation>
    </message>
    <message>
        <source>Number on the paper</source>
        <translation>Số trên giấy tờ</translation>
    </message>
    <message>
        <source>Like KQ.G15.000023 or 000.00.00.G15-KQ003159; empty where none is known</source>
        <translation>Như KQ.G15.000023 hoặc 000.00.00.G15-KQ003159; chưa biết thì để trống</translation>
    </message>
    <message>
        <source>KQ code</source>
        <translation>Mã KQ</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>Ngày cấp</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Nơi cấp</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <source>Checked by</source>
        <translation>Người kiểm tra</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>Có giá trị từ</translation>
    </message>
    <message>
        <source>Holds until, empty: for ever</source>
        <translation>Có giá trị đến (trống: không thời hạn)</translation>
    </message>
    <message>
        <source>It has a file already: why this one takes its place</source>
        <translation>Đã có tệp: lý do thay bằng bản này</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>Correct: {paper}</source>
        <translation>Sửa thông tin: {paper}</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Sửa</translation>
    </message>
    <message>
        <source>What is on record of a paper of {code} is corrected.</source>
        <translation>Đã sửa thông tin giấy tờ số hóa của hồ sơ {code}.</translation>
    </message>
    <message>
        <source>The scan stays as it is. What stood here before is kept with the reason, and the register gets a line.</source>
        <translation>Bản quét giữ nguyên. Thông tin cũ được giữ lại kèm lý do, sổ số hóa có thêm một dòng.</translation>
    </message>
    <message>
        <source>Take out: {paper}</source>
        <translation>Gỡ: {paper}</translation>
    </message>
    <message>
        <source>Take the file out</source>
        <translation>Gỡ tệp</translation>
    </message>
    <message>
        <source>A file was taken out of {code}; the paper can be scanned again.</source>
        <translation>Đã gỡ một tệp khỏi hồ sơ {code}; có thể quét lại giấy tờ.</translation>
    </message>
    <message>
        <source>It stays on record that the file was here, and why it was taken out.</source>
        <translation>Hồ sơ vẫn giữ dấu vết tệp đã có ở đây và lý do gỡ.</translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>This PC has no program for PDF files. Save the paper, or choose a printer (Ctrl+,) and print it again.</source>
        <translation>Máy này chưa có chương trình đọc PDF. Hãy lưu giấy thành tệp, hoặc chọn máy in (Ctrl+,) rồi in lại.</translation>
    </message>
    <message>
        <source>Save the PDF…</source>
        <translation>Lưu tệp PDF…</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Đã lưu vào {path}.</translation>
    </message>
</context>
<context>
    <name>PaperListsDialog</name>
    <message>
        <source>Digitised papers: shelf, retention, archive</source>
        <translation>Giấy tờ đã số hóa: hộp cặp, thời hạn lưu, nộp lưu</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Danh mục</translation>
    </message>
    <message>
        <source>digitised in these days</source>
        <translation>số hóa trong các ngày này</translation>
    </message>
    <message>
        <source>kept no longer, as of today</source>
        <translation>hết thời hạn bảo quản, tính đến hôm nay</translation>
    </message>
    <message>
        <source>gone to the archive in these days</source>
        <translation>đã nộp lưu trong các ngày này</translation>
    </message>
    <message>
        <source>words that could not be read</source>
        <translation>tệp không đọc được chữ</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>Từ ngày</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>Đến ngày</translation>
    </message>
    <message>
        <source>Nothing stands in this list.</source>
        <translation>Danh mục này không có tệp nào.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Xem</translation>
    </message>
    <message>
        <source>Shelve…</source>
        <translation>Xếp hộp, cặp…</translation>
    </message>
    <message>
        <source>Keep until…</source>
        <translation>Thời hạn lưu…</translation>
    </message>
    <message>
        <source>To the archive…</source>
        <translation>Nộp lưu trữ…</translation>
    </message>
    <message>
        <source>Destroy…</source>
        <translation>Tiêu hủy…</translation>
    </message>
    <message>
        <source>Read the words again</source>
        <translation>Đọc lại chữ</translation>
    </message>
    <message>
        <source>Write the list…</source>
        <translation>Ghi danh mục…</translation>
    </message>
    <message>
        <source>{files} files, {pages} pages. Shift and the arrows choose several; Enter opens the dossier.</source>
        <translation>{files} tệp, {pages} trang. Giữ Shift và bấm mũi tên để chọn nhiều dòng; Enter mở hồ sơ.</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Hộp</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cặp</translation>
    </message>
    <message>
        <source>Where the originals of {count} papers lie.</source>
        <translation>Bản giấy của {count} giấy tờ đang xếp ở đâu.</translation>
    </message>
    <message>
        <source>Last day (empty: for ever)</source>
        <translation>Ngày cuối (để trống: vĩnh viễn)</translation>
    </message>
    <message>
        <source>How long {count} papers are kept. The register shows it.</source>
        <translation>Thời hạn bảo quản của {count} giấy tờ. Sổ số hóa sẽ ghi theo.</translation>
    </message>
    <message>
        <source>Handed over on</source>
        <translation>Ngày nộp lưu</translation>
    </message>
    <message>
        <source>{count} papers went to the archive. Their files stay here until somebody destroys them.</source>
        <translation>{count} giấy tờ đã nộp lưu trữ. Tệp vẫn nằm ở đây cho đến khi có người tiêu hủy.</translation>
    </message>
    <message>
        <source>The files of {count} papers are destroyed with their keys and their words: this desk can never open them again. That they were there stays on record.</source>
        <translation>Tệp của {count} giấy tờ bị tiêu hủy cùng khóa và chữ đã đọc: quầy này không bao giờ mở lại được nữa. Việc đã từng có tệp vẫn còn ghi trong sổ.</translation>
    </message>
    <message>
        <source>Decision, reason</source>
        <translation>Quyết định, lý do</translation>
    </message>
    <message>
        <source>Choose a line first.</source>
        <translation>Hãy chọn một dòng trước.</translation>
    </message>
    <message>
        <source>{count} lines written to {name}.</source>
        <translation>Đã ghi {count} dòng vào {name}.</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Paper, number</source>
        <translation>Giấy tờ, số</translation>
    </message>
    <message>
        <source>Digitised</source>
        <translation>Ngày số hóa</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Trang</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>Hộp, cặp</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>Lưu đến</translation>
    </message>
    <message>
        <source>archive {day}</source>
        <translation>nộp lưu {day}</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>vĩnh viễn</translation>
    </message>
</context>
<context>
    <name>PaperRatingDialog</name>
    <message>
        <source>Ratings on paper</source>
        <translation>Phiếu đánh giá trên giấy</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Điểm</translation>
    </message>
    <message>
        <source>Scan the code of the sheet</source>
        <translation>Quét mã trên phiếu</translation>
    </message>
    <message>
        <source>Score, 1 very bad to 5 very good</source>
        <translation>Điểm, từ 1 (rất không hài lòng) đến 5 (rất hài lòng)</translation>
    </message>
    <message>
        <source>What was written (may stay empty)</source>
        <translation>Ý kiến ghi trên phiếu (có thể để trống)</translation>
    </message>
    <message>
        <source>The sheet names the dossier and nobody; lists show no name with a rating.</source>
        <translation>Phiếu chỉ ghi mã hồ sơ, không ghi tên; danh sách không hiện tên bên cạnh điểm.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Print a sheet</source>
        <translation>In phiếu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Kept: {code}, {score}.</source>
        <translation>Đã lưu: {code}, {score} điểm.</translation>
    </message>
</context>
<context>
    <name>Papers</name>
    <message>
        <source>Open the PDF</source>
        <translation>Mở tệp PDF</translation>
    </message>
</context>
<context>
    <name>PapersBox</name>
    <message>
        <source>tick</source>
        <translation>đánh dấu</translation>
    </message>
    <message>
        <source>all there</source>
        <translation>đủ hết</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Another paper, then Enter</source>
        <translation>Giấy tờ khác, rồi bấm Enter</translation>
    </message>
    <message>
        <source>Another paper</source>
        <translation>Giấy tờ khác</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Bản chính</translation>
    </message>
    <message>
        <source>Certified</source>
        <translation>Bản sao</translation>
    </message>
    <message>
        <source>Photocopy</source>
        <translation>Bản chụp</translation>
    </message>
    <message>
        <source>Choose the procedure: its papers stand here.</source>
        <translation>Chọn thủ tục: giấy tờ cần nộp hiện ở đây.</translation>
    </message>
    <message>
        <source>all {wanted} required papers</source>
        <translation>đủ {wanted} giấy tờ bắt buộc</translation>
    </message>
    <message>
        <source>{there} of {wanted} required papers</source>
        <translation>{there} trên {wanted} giấy tờ bắt buộc</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Change password</source>
        <translation>Đổi mật khẩu</translation>
    </message>
    <message>
        <source>Your password was given to you. Choose one that only you know.</source>
        <translation>Mật khẩu này do người khác cấp. Hãy chọn mật khẩu chỉ mình bạn biết.</translation>
    </message>
    <message>
        <source>Password until now</source>
        <translation>Mật khẩu đang dùng</translation>
    </message>
    <message>
        <source>New password, at least 8 signs</source>
        <translation>Mật khẩu mới, ít nhất 8 ký tự</translation>
    </message>
    <message>
        <source>The new password once more</source>
        <translation>Gõ lại mật khẩu mới</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>The two new passwords differ. Type the new one twice.</source>
        <translation>Hai mật khẩu mới không giống nhau. Hãy gõ hai lần như nhau.</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Show the password</source>
        <translation>Hiện mật khẩu</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Giấu mật khẩu</translation>
    </message>
</context>
<context>
    <name>PaymentDialog</name>
    <message>
        <source>Pay {amount} by phone</source>
        <translation>Chuyển khoản {amount}</translation>
    </message>
    <message>
        <source>Payment code</source>
        <translation>Mã chuyển khoản</translation>
    </message>
    <message>
        <source>Account {account}, bank {bank}</source>
        <translation>Tài khoản {account}, ngân hàng {bank}</translation>
    </message>
    <message>
        <source>Message: {text}</source>
        <translation>Nội dung: {text}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>PeopleSection</name>
    <message>
        <source>Person</source>
        <translation>Người dùng</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Vai trò</translation>
    </message>
    <message>
        <source>People with an account</source>
        <translation>Người có tài khoản</translation>
    </message>
    <message>
        <source>account closed</source>
        <translation>tài khoản đã khóa</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Người dùng</translation>
    </message>
    <message>
        <source>Only an administrator changes who works here.</source>
        <translation>Chỉ quản trị được thay đổi người dùng.</translation>
    </message>
    <message>
        <source>Choose a person first.</source>
        <translation>Hãy chọn một người trước.</translation>
    </message>
    <message>
        <source>Nobody closes the own account.</source>
        <translation>Không ai tự khóa tài khoản của mình. Hãy nhờ quản trị khác.</translation>
    </message>
    <message>
        <source>This account is closed.</source>
        <translation>Tài khoản này đã khóa.</translation>
    </message>
    <message>
        <source>This account is open.</source>
        <translation>Tài khoản này đang mở.</translation>
    </message>
    <message>
        <source>The password of {name} stops working; a new one is made and shown once.</source>
        <translation>Mật khẩu cũ của {name} hết dùng được; mật khẩu mới được tạo và chỉ hiện một lần.</translation>
    </message>
    <message>
        <source>Give a new password</source>
        <translation>Cấp mật khẩu mới</translation>
    </message>
    <message>
        <source>{name} can no longer log in. What was done with the account stays, and it can be opened again.</source>
        <translation>{name} không đăng nhập được nữa. Việc đã làm vẫn còn nguyên, và có thể mở lại tài khoản.</translation>
    </message>
    <message>
        <source>Close the account</source>
        <translation>Khóa tài khoản</translation>
    </message>
    <message>
        <source>{count} people with an account</source>
        <translation>{count} người có tài khoản</translation>
    </message>
</context>
<context>
    <name>PeriodDialog</name>
    <message>
        <source>Figures of a period on both sides</source>
        <translation>Số liệu kỳ báo cáo của hai bên</translation>
    </message>
    <message>
        <source>Period of the reports</source>
        <translation>Kỳ báo cáo</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>Đếm lại</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>At this desk</source>
        <translation>Ở quầy</translation>
    </message>
    <message>
        <source>At the province</source>
        <translation>Ở tỉnh</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Chênh lệch</translation>
    </message>
    <message>
        <source>Dossiers by state</source>
        <translation>Hồ sơ theo trạng thái</translation>
    </message>
    <message>
        <source>Received on</source>
        <translation>Ngày tiếp nhận</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>How it differs</source>
        <translation>Khác thế nào</translation>
    </message>
    <message>
        <source>Dossiers that differ</source>
        <translation>Hồ sơ chưa khớp</translation>
    </message>
    <message>
        <source>Dossiers that differ will stand here.</source>
        <translation>Hồ sơ chưa khớp sẽ hiện ở đây.</translation>
    </message>
    <message>
        <source>Asking the province…</source>
        <translation>Đang hỏi số liệu của tỉnh…</translation>
    </message>
    <message>
        <source>Both sides count the same.</source>
        <translation>Khớp: hai bên đếm như nhau.</translation>
    </message>
    <message>
        <source>{count} dossiers are not the same on both sides.</source>
        <translation>{count} hồ sơ chưa khớp giữa hai bên.</translation>
    </message>
    <message>
        <source>The province has changes that this PC has not read yet; count again after the next exchange.</source>
        <translation>Tỉnh còn thay đổi máy chưa nhận; hãy đếm lại sau lượt đồng bộ tới.</translation>
    </message>
</context>
<context>
    <name>PeriodLines</name>
    <message>
        <source>All dossiers</source>
        <translation>Tổng số hồ sơ</translation>
    </message>
    <message>
        <source>Month {number}/{year}</source>
        <translation>Tháng {number}/{year}</translation>
    </message>
    <message>
        <source>Quarter {number}/{year}</source>
        <translation>Quý {number}/{year}</translation>
    </message>
    <message>
        <source>Year {year}</source>
        <translation>Năm {year}</translation>
    </message>
    <message>
        <source>only on this PC</source>
        <translation>chỉ có trên máy</translation>
    </message>
    <message>
        <source>only at the province</source>
        <translation>chỉ có ở tỉnh</translation>
    </message>
    <message>
        <source>here {ours}, at the province {theirs}</source>
        <translation>ở quầy: {ours}; ở tỉnh: {theirs}</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Add a person</source>
        <translation>Thêm người dùng</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>Sửa {name}</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Vai trò</translation>
    </message>
    <message>
        <source>Post, as shown at login</source>
        <translation>Chức danh, hiện khi đăng nhập</translation>
    </message>
    <message>
        <source>Login name, without accents</source>
        <translation>Tên đăng nhập, không dấu</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>A first password is made and shown once. It is changed at the first login.</source>
        <translation>Mật khẩu đầu tiên được tạo và chỉ hiện một lần. Lần đăng nhập đầu phải đổi.</translation>
    </message>
</context>
<context>
    <name>PersonSheet</name>
    <message>
        <source>past acts keep the account they were done with</source>
        <translation>việc đã làm vẫn ghi theo tài khoản cũ</translation>
    </message>
    <message>
        <source>a lock-out ends with it</source>
        <translation>nếu đang bị khóa vì gõ sai thì được mở luôn</translation>
    </message>
    <message>
        <source>no login any more; nothing is deleted</source>
        <translation>không đăng nhập được nữa, không xóa gì</translation>
    </message>
    <message>
        <source>with the password of before</source>
        <translation>với mật khẩu trước đây</translation>
    </message>
    <message>
        <source>Choose a person at the left.</source>
        <translation>Hãy chọn một người ở bên trái.</translation>
    </message>
    <message>
        <source>May: {list}.</source>
        <translation>Được phép: {list}.</translation>
    </message>
    <message>
        <source>Account closed</source>
        <translation>Tài khoản đã khóa</translation>
    </message>
    <message>
        <source>Chooses a new password at the next login</source>
        <translation>Lần đăng nhập tới phải đổi mật khẩu</translation>
    </message>
    <message>
        <source>Logs in with an own password</source>
        <translation>Đang dùng mật khẩu riêng</translation>
    </message>
    <message>
        <source>receive and change dossiers</source>
        <translation>tiếp nhận và sửa hồ sơ</translation>
    </message>
    <message>
        <source>read dossiers</source>
        <translation>xem hồ sơ</translation>
    </message>
    <message>
        <source>print and export</source>
        <translation>in và xuất dữ liệu</translation>
    </message>
    <message>
        <source>import older dossiers</source>
        <translation>nhập hồ sơ cũ</translation>
    </message>
    <message>
        <source>close books</source>
        <translation>khóa sổ</translation>
    </message>
    <message>
        <source>change catalogue and calendar</source>
        <translation>thay đổi danh mục và lịch</translation>
    </message>
    <message>
        <source>manage accounts</source>
        <translation>quản lý tài khoản</translation>
    </message>
    <message>
        <source>change the settings of the desk</source>
        <translation>đổi cài đặt của quầy</translation>
    </message>
    <message>
        <source>choose where the province judged otherwise</source>
        <translation>chọn giữa bản của quầy và bản của tỉnh</translation>
    </message>
</context>
<context>
    <name>PersonStep</name>
    <message>
        <source>Who works here first?</source>
        <translation>Ai làm việc ở đây đầu tiên?</translation>
    </message>
    <message>
        <source>This person is the administrator too and adds the others.</source>
        <translation>Người này cũng là quản trị và thêm những người khác sau.</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Post, as shown at login</source>
        <translation>Chức danh, hiện khi đăng nhập</translation>
    </message>
    <message>
        <source>Login name, without accents</source>
        <translation>Tên đăng nhập, không dấu</translation>
    </message>
    <message>
        <source>Password, at least 8 signs</source>
        <translation>Mật khẩu, ít nhất 8 ký tự</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>Gõ lại mật khẩu</translation>
    </message>
    <message>
        <source>The two passwords differ. Type the same one twice.</source>
        <translation>Hai mật khẩu không giống nhau. Hãy gõ hai lần như nhau.</translation>
    </message>
</context>
<context>
    <name>PlaceStep</name>
    <message>
        <source>Where is this desk?</source>
        <translation>Quầy này ở đâu?</translation>
    </message>
    <message>
        <source>The name is printed on every slip; the identifier begins every code.</source>
        <translation>Tên in trên mọi giấy tờ; mã định danh đứng đầu mọi mã hồ sơ.</translation>
    </message>
    <message>
        <source>Province or city</source>
        <translation>Tỉnh, thành phố</translation>
    </message>
    <message>
        <source>Commune, ward or special zone</source>
        <translation>Xã, phường, đặc khu</translation>
    </message>
    <message>
        <source>Agency identifier, as the province issued it</source>
        <translation>Mã định danh do tỉnh cấp</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>Quầy số</translation>
    </message>
</context>
<context>
    <name>PrintDesk</name>
    <message>
        <source>{code} was not printed. {message}</source>
        <translation>Chưa in được {code}. {message}</translation>
    </message>
    <message>
        <source>Not printed: {codes}.</source>
        <translation>Chưa in được: {codes}.</translation>
    </message>
    <message>
        <source>Not printed yet, it is tried again: {codes}.</source>
        <translation>Chưa in xong, đang thử lại: {codes}.</translation>
    </message>
    <message>
        <source>Print queue</source>
        <translation>Hàng đợi in</translation>
    </message>
</context>
<context>
    <name>PrintQueueDialog</name>
    <message>
        <source>Print queue</source>
        <translation>Hàng đợi in</translation>
    </message>
    <message>
        <source>No paper waits. What the printer does not take stands here until it has come out.</source>
        <translation>Không có giấy nào chờ in. Giấy mà máy in chưa nhận nằm ở đây cho đến khi in xong.</translation>
    </message>
    <message>
        <source>Choose another printer</source>
        <translation>Chọn máy in khác</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>In lại</translation>
    </message>
    <message>
        <source>Do not print</source>
        <translation>Không in nữa</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>Show fewer</source>
        <translation>Thu gọn</translation>
    </message>
    <message>
        <source>Show {count} more</source>
        <translation>Xem thêm {count} việc</translation>
    </message>
</context>
<context>
    <name>ProcedureBox</name>
    <message>
        <source>Procedure: three letters or a code</source>
        <translation>Thủ tục: ba chữ cái hoặc mã</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Trường hợp</translation>
    </message>
    <message>
        <source>no limit given</source>
        <translation>không ghi thời hạn</translation>
    </message>
    <message>
        <source>same day</source>
        <translation>trong ngày</translation>
    </message>
    <message>
        <source>{value} working days</source>
        <translation>{value} ngày làm việc</translation>
    </message>
    <message>
        <source>{value} days</source>
        <translation>{value} ngày</translation>
    </message>
    <message>
        <source>{value} months</source>
        <translation>{value} tháng</translation>
    </message>
    <message>
        <source>{value} hours</source>
        <translation>{value} giờ</translation>
    </message>
    <message>
        <source>No procedure in force fits these words. Type fewer letters or the code, or look in the catalogue (Ctrl+Alt+D).</source>
        <translation>Không có thủ tục đang hiệu lực nào khớp những chữ này. Hãy gõ ít chữ hơn, gõ mã, hoặc tra trong Danh mục (Ctrl+Alt+D).</translation>
    </message>
    <message>
        <source>Several procedures fit these words: choose one from the list.</source>
        <translation>Có nhiều thủ tục hợp với chữ này: hãy chọn một trong danh sách.</translation>
    </message>
</context>
<context>
    <name>ProcedureDetail</name>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Choose a procedure at the left.</source>
        <translation>Hãy chọn một thủ tục ở bên trái.</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>Thời hạn giải quyết</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>Phí, lệ phí</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Nhận kết quả</translation>
    </message>
    <message>
        <source>In the catalogue</source>
        <translation>Trong danh mục</translation>
    </message>
    <message>
        <source>only shown</source>
        <translation>xuất trình</translation>
    </message>
    <message>
        <source>{count} original</source>
        <translation>{count} bản chính</translation>
    </message>
    <message>
        <source>{count} copy</source>
        <translation>{count} bản sao</translation>
    </message>
    <message>
        <source>if needed</source>
        <translation>nếu cần</translation>
    </message>
    <message>
        <source>set by the provincial council</source>
        <translation>do HĐND cấp tỉnh quy định</translation>
    </message>
    <message>
        <source>from {first}</source>
        <translation>từ {first}</translation>
    </message>
    <message>
        <source>from {first} to {last}</source>
        <translation>từ {first} đến {last}</translation>
    </message>
    <message>
        <source>Time limit: {limit}</source>
        <translation>Thời hạn: {limit}</translation>
    </message>
    <message>
        <source>who decided was not noted</source>
        <translation>không ghi nơi ban hành</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Bản</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>Hiệu lực</translation>
    </message>
    <message>
        <source>Own decisions</source>
        <translation>Quyết định của địa phương</translation>
    </message>
    <message>
        <source>Legal basis</source>
        <translation>Căn cứ pháp lý</translation>
    </message>
</context>
<context>
    <name>ProceduresModel</name>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Mã thủ tục</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>The program did not end as it should the last time. What was saved is there, and a form that was being filled in is kept as a draft.</source>
        <translation>Lần trước chương trình không được đóng bình thường. Việc đã lưu vẫn còn, và biểu mẫu đang nhập được giữ làm nháp.</translation>
    </message>
    <message>
        <source>The desk is not open</source>
        <translation>Quầy chưa mở được</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <source>Practice with sample data</source>
        <translation>Chế độ tập với dữ liệu mẫu</translation>
    </message>
    <message>
        <source>Log in to counter {number}</source>
        <translation>Đăng nhập quầy {number}</translation>
    </message>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quầy Một Cửa</translation>
    </message>
    <message>
        <source>Opening the desk…</source>
        <translation>Đang mở quầy…</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Time</source>
        <translation>Giờ</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Số lần thử</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Máy in</translation>
    </message>
    <message>
        <source>{code}, print {issue}</source>
        <translation>{code}, bản in {issue}</translation>
    </message>
    <message>
        <source>the system&apos;s own</source>
        <translation>máy in mặc định</translation>
    </message>
    <message>
        <source>not printed</source>
        <translation>chưa in được</translation>
    </message>
    <message>
        <source>printing</source>
        <translation>đang in</translation>
    </message>
    <message>
        <source>is tried again</source>
        <translation>đang thử lại</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>đang chờ</translation>
    </message>
</context>
<context>
    <name>ReceiverStep</name>
    <message>
        <source>The owner of the dossier</source>
        <translation>Chủ hồ sơ</translation>
    </message>
    <message>
        <source>Somebody authorised</source>
        <translation>Người được ủy quyền</translation>
    </message>
    <message>
        <source>power of attorney and identity card</source>
        <translation>cần giấy ủy quyền và căn cước</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Number of the power of attorney</source>
        <translation>Số giấy ủy quyền</translation>
    </message>
    <message>
        <source>The card fits, {time}</source>
        <translation>Thẻ căn cước khớp, {time}</translation>
    </message>
    <message>
        <source>Write who collects the result.</source>
        <translation>Hãy ghi họ tên người nhận.</translation>
    </message>
    <message>
        <source>Write the number of the power of attorney.</source>
        <translation>Hãy ghi số giấy ủy quyền.</translation>
    </message>
</context>
<context>
    <name>RecentVisits</name>
    <message>
        <source>Just certified</source>
        <translation>Vừa chứng thực</translation>
    </message>
    <message>
        <source>Nothing was certified today. Type the name of a paper above.</source>
        <translation>Hôm nay chưa chứng thực gì. Gõ tên giấy tờ ở trên để bắt đầu.</translation>
    </message>
    <message>
        <source>{count} visits today, {amount}</source>
        <translation>hôm nay {count} lượt, {amount}</translation>
    </message>
</context>
<context>
    <name>ReconcileDialog</name>
    <message>
        <source>only on this PC</source>
        <translation>chỉ có trên máy</translation>
    </message>
    <message>
        <source>only at the province</source>
        <translation>chỉ có ở tỉnh</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>khác nội dung</translation>
    </message>
    <message>
        <source>this PC sends it again by itself</source>
        <translation>máy tự gửi lại ở lượt sau</translation>
    </message>
    <message>
        <source>this PC reads it back by itself</source>
        <translation>máy tự đọc lại từ tỉnh ở lượt sau</translation>
    </message>
    <message>
        <source>change nothing; report it to the province&apos;s support</source>
        <translation>giữ nguyên, báo bộ phận hỗ trợ của tỉnh</translation>
    </message>
    <message>
        <source>Compare with the province</source>
        <translation>Đối soát với tỉnh</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Ở đâu</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>item {place}</source>
        <translation>việc số {place}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Lúc</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>Cách xử lý</translation>
    </message>
    <message>
        <source>What is not the same</source>
        <translation>Chỗ chưa khớp</translation>
    </message>
    <message>
        <source>What is not the same on both sides will stand here.</source>
        <translation>Những việc hai bên chưa khớp sẽ hiện ở đây.</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Đối soát lại</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Comparing with the province…</source>
        <translation>Đang đối soát với tỉnh…</translation>
    </message>
    <message>
        <source>Both sides hold the same.</source>
        <translation>Khớp: hai bên giữ cùng dữ liệu.</translation>
    </message>
    <message>
        <source>Only on this PC: {here}. Only at the province: {there}. Different: {different}.</source>
        <translation>Chỉ có trên máy: {here}. Chỉ có ở tỉnh: {there}. Khác nội dung: {different}.</translation>
    </message>
    <message>
        <source>The province has changes that this PC has not read yet; compare again after the next exchange.</source>
        <translation>Tỉnh còn thay đổi máy chưa nhận; hãy đối soát lại sau lượt đồng bộ tới.</translation>
    </message>
    <message>
        <source>both sides held the same</source>
        <translation>hai bên khớp</translation>
    </message>
    <message>
        <source>{count} items were not the same</source>
        <translation>{count} việc chưa khớp</translation>
    </message>
    <message>
        <source>Last compared: {time}, {outcome}. Once a day it is done by itself.</source>
        <translation>Lần đối soát trước: {time}, {outcome}. Mỗi ngày máy tự đối soát một lần.</translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Chủ hồ sơ</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Số điện thoại</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Thư điện tử</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Trích yếu</translation>
    </message>
    <message>
        <source>Received at</source>
        <translation>Ngày tiếp nhận</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>Ngày hẹn trả</translation>
    </message>
    <message>
        <source>Returned at</source>
        <translation>Ngày trả</translation>
    </message>
    <message>
        <source>Refused at</source>
        <translation>Ngày từ chối</translation>
    </message>
    <message>
        <source>Finished at</source>
        <translation>Ngày kết thúc xử lý</translation>
    </message>
    <message>
        <source>How it was returned</source>
        <translation>Hình thức trả</translation>
    </message>
    <message>
        <source>Returned to</source>
        <translation>Thông tin trả</translation>
    </message>
    <message>
        <source>Unit at work</source>
        <translation>Đơn vị xử lý</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>Phí, lệ phí</translation>
    </message>
    <message>
        <source>Supplements</source>
        <translation>Yêu cầu bổ sung</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Thành phần hồ sơ</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Giấy tờ kết quả</translation>
    </message>
    <message>
        <source>{count} entries</source>
        <translation>{count} mục</translation>
    </message>
</context>
<context>
    <name>RecoveryScreen</name>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quầy Một Cửa</translation>
    </message>
    <message>
        <source>The desk is ready</source>
        <translation>Quầy đã sẵn sàng</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>Bước {step} trên {steps}</translation>
    </message>
    <message>
        <source>Recovery secret</source>
        <translation>Mã khôi phục</translation>
    </message>
    <message>
        <source>Save the sheet as PDF to print…</source>
        <translation>Lưu phiếu khôi phục thành PDF để in…</translation>
    </message>
    <message>
        <source>The sheet is printed and locked away, not on this PC</source>
        <translation>Đã in phiếu và cất trong tủ khóa, không để trên máy này</translation>
    </message>
    <message>
        <source>Start work</source>
        <translation>Vào làm việc</translation>
    </message>
    <message>
        <source>First put the sheet away and tick the box.</source>
        <translation>Hãy in, cất phiếu khôi phục rồi đánh dấu vào ô.</translation>
    </message>
    <message>
        <source>The sheet was saved: {name}. Print it, lock it away and delete the file.</source>
        <translation>Đã lưu: {name}. Hãy in, cất vào tủ khóa rồi xóa tệp.</translation>
    </message>
    <message>
        <source>Save the recovery sheet</source>
        <translation>Lưu phiếu khôi phục</translation>
    </message>
    <message>
        <source>recovery-sheet</source>
        <translation>phieu-khoi-phuc</translation>
    </message>
    <message>
        <source>The recovery sheet</source>
        <translation>Phiếu khôi phục</translation>
    </message>
    <message>
        <source>The data on this PC is encrypted. If the PC breaks or is stolen, this secret opens a copy of the data on another one. It is shown only now. Whoever has it and a copy can read everything: treat it like the seal.</source>
        <translation>Dữ liệu trên máy này được mã hóa. Nếu máy hỏng hoặc mất, mã này mở được bản sao dữ liệu trên máy khác. Mã chỉ hiện lần này. Ai có mã và bản sao đều đọc được tất cả: hãy giữ như giữ con dấu.</translation>
    </message>
</context>
<context>
    <name>ReportPanels</name>
    <message>
        <source>month {number}: {share}</source>
        <translation>tháng {number}: {share}</translation>
    </message>
    <message>
        <source>{part} of {whole} dossiers. The axis begins at {base}, the line is {mark}.</source>
        <translation>{part} trên {whole} hồ sơ. Trục bắt đầu từ {base}, vạch ngang là {mark}.</translation>
    </message>
    <message>
        <source>{points} points not measured</source>
        <translation>{points} điểm chưa đo</translation>
    </message>
    <message>
        <source>{count} dossiers: {item}</source>
        <translation>{count} hồ sơ: {item}</translation>
    </message>
    <message>
        <source>at most +{points} points</source>
        <translation>tối đa +{points} điểm</translation>
    </message>
    <message>
        <source>Share in time by month</source>
        <translation>Tỷ lệ đúng hạn theo tháng</translation>
    </message>
    <message>
        <source>766 score, estimated</source>
        <translation>Điểm QĐ 766, ước tính</translation>
    </message>
</context>
<context>
    <name>ReportSettingsDialog</name>
    <message>
        <source>Reports: settings</source>
        <translation>Thiết lập báo cáo</translation>
    </message>
    <message>
        <source>not declared</source>
        <translation>chưa khai</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Only an administrator changes the settings of reports.</source>
        <translation>Chỉ quản trị viên được sửa thiết lập báo cáo.</translation>
    </message>
    <message>
        <source>The week ends on</source>
        <translation>Tuần báo cáo kết thúc vào</translation>
    </message>
    <message>
        <source>Wanted share in time (%)</source>
        <translation>Tỷ lệ đúng hạn cần đạt (%)</translation>
    </message>
    <message>
        <source>Wanted share on the spot (%)</source>
        <translation>Tỷ lệ trả tại chỗ cần đạt (%)</translation>
    </message>
    <message>
        <source>Procedures published in time (%)</source>
        <translation>Thủ tục công bố đúng hạn (%)</translation>
    </message>
    <message>
        <source>Updated and posted in time (%)</source>
        <translation>Cập nhật, công khai đúng hạn (%)</translation>
    </message>
    <message>
        <source>Posted with full content (%)</source>
        <translation>Công khai đủ nội dung (%)</translation>
    </message>
    <message>
        <source>Who reports go to</source>
        <translation>Nơi nhận báo cáo</translation>
    </message>
    <message>
        <source>Printed in the head of the form.</source>
        <translation>In ở đầu biểu.</translation>
    </message>
    <message>
        <source>{source}. Confidence: {sure}.</source>
        <translation>{source}. Độ tin cậy: {sure}.</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>Week</source>
        <translation>Tuần</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Tháng</translation>
    </message>
    <message>
        <source>Quarter</source>
        <translation>Quý</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Năm</translation>
    </message>
    <message>
        <source>Length of the period</source>
        <translation>Độ dài kỳ báo cáo</translation>
    </message>
    <message>
        <source>Period before</source>
        <translation>Kỳ trước</translation>
    </message>
    <message>
        <source>Next period</source>
        <translation>Kỳ sau</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>Đúng hạn</translation>
    </message>
    <message>
        <source>766 score</source>
        <translation>Điểm QĐ 766</translation>
    </message>
    <message>
        <source>Weekly sheet</source>
        <translation>Báo cáo tuần</translation>
    </message>
    <message>
        <source>On the spot</source>
        <translation>Trả tại chỗ</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Đơn vị</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Lưu lượng</translation>
    </message>
    <message>
        <source>Digitised</source>
        <translation>Số hóa</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Báo cáo</translation>
    </message>
    <message>
        <source>Your role prints and exports nothing.</source>
        <translation>Vai trò của bạn không in và không xuất được.</translation>
    </message>
    <message>
        <source>The period is not over. Export it until then.</source>
        <translation>Kỳ báo cáo chưa hết nên chưa chốt được. Trong lúc này hãy xuất tệp.</translation>
    </message>
    <message>
        <source>Choose a figure first.</source>
        <translation>Hãy chọn một ô số trước.</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Xuất báo cáo</translation>
    </message>
    <message>
        <source>Freeze and print</source>
        <translation>Chốt và in</translation>
    </message>
    <message>
        <source>Frozen, check mark {mark}: {name}.</source>
        <translation>Đã chốt, mã kiểm tra {mark}: {name}.</translation>
    </message>
    <message>
        <source>The report was written to {name}.</source>
        <translation>Đã ghi báo cáo vào {name}.</translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation>{start} đến {end}</translation>
    </message>
    <message>
        <source>Report of the week</source>
        <translation>Báo cáo tuần</translation>
    </message>
    <message>
        <source>Report of month {number}</source>
        <translation>Báo cáo tháng {number}</translation>
    </message>
    <message>
        <source>Report of quarter {number}</source>
        <translation>Báo cáo quý {number}</translation>
    </message>
    <message>
        <source>Report of {year}</source>
        <translation>Báo cáo năm {year}</translation>
    </message>
    <message>
        <source>Nothing in this period.</source>
        <translation>Kỳ này không có.</translation>
    </message>
    <message>
        <source>Frozen {moment}, check mark {mark}. Nothing has changed since.</source>
        <translation>Đã chốt {moment}, mã kiểm tra {mark}. Từ đó đến nay số liệu không đổi.</translation>
    </message>
    <message>
        <source>Frozen {moment}, check mark {mark}.</source>
        <translation>Đã chốt {moment}, mã kiểm tra {mark}.</translation>
    </message>
    <message>
        <source>{count} dossiers count otherwise today</source>
        <translation>{count} hồ sơ nay tính khác</translation>
    </message>
    <message>
        <source>No dossiers stand behind this figure.</source>
        <translation>Ô này không có hồ sơ nào.</translation>
    </message>
</context>
<context>
    <name>Reprinter</name>
    <message>
        <source>Printed again on {printer}.</source>
        <translation>Đang in lại trên {printer}.</translation>
    </message>
    <message>
        <source>No printer is chosen (Ctrl+,): it opens as a PDF.</source>
        <translation>Chưa chọn máy in (Ctrl+,): mở dưới dạng PDF.</translation>
    </message>
</context>
<context>
    <name>RestoreScreen</name>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quầy Một Cửa</translation>
    </message>
    <message>
        <source>A desk from its copy</source>
        <translation>Khôi phục quầy từ bản sao</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Bản sao lưu</translation>
    </message>
    <message>
        <source>Recovery code: the eight groups on the recovery sheet</source>
        <translation>Mã khôi phục: tám nhóm trên phiếu khôi phục</translation>
    </message>
    <message>
        <source>Leave it empty where this computer had the desk before.</source>
        <translation>Máy này từng giữ quầy ấy thì để trống.</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Chọn tệp khác…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Tìm lại</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Khôi phục</translation>
    </message>
    <message>
        <source>Back to setting up a new desk</source>
        <translation>Quay lại lập quầy mới</translation>
    </message>
    <message>
        <source>Looking for copies on the disks of this computer…</source>
        <translation>Đang tìm bản sao lưu trên các ổ đĩa của máy này…</translation>
    </message>
    <message>
        <source>No copy was found. Plug in the disk with the copies and look again, or name the file.</source>
        <translation>Không thấy bản sao lưu nào. Hãy cắm ổ đĩa có bản sao rồi bấm Tìm lại, hoặc chọn tệp.</translation>
    </message>
    <message>
        <source>{dossiers} dossiers and {files} scans came back, as they were on {day} at {time}. What was done after that is not among them.</source>
        <translation>Đã khôi phục {dossiers} hồ sơ và {files} tệp quét, đúng như lúc {time} ngày {day}. Những gì làm sau lúc đó không có trong bản này.</translation>
    </message>
    <message>
        <source>The desk is restored.</source>
        <translation>Quầy đã được khôi phục.</translation>
    </message>
    <message>
        <source>Open the desk</source>
        <translation>Mở quầy</translation>
    </message>
    <message>
        <source>The scans are back, the desk is not.</source>
        <translation>Tệp quét đã về, quầy thì chưa.</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Đóng chương trình</translation>
    </message>
    <message>
        <source>{files} scans came back, as they were on {day} at {time}. The data of this desk lies on its server: no copy here holds it.</source>
        <translation>Đã lấy lại {files} tệp quét, theo bản ngày {day} lúc {time}. Dữ liệu của quầy này nằm trên máy chủ, không có trong bản sao lưu này.</translation>
    </message>
    <message>
        <source>First let whoever looks after the server bring the data back there, from the server&apos;s own copies. Then close this program and join this computer by the command counter init --database, with a range of numbers that no computer had before.</source>
        <translation>Trước hết hãy nhờ người phụ trách máy chủ khôi phục dữ liệu từ bản sao lưu của chính máy chủ. Sau đó đóng chương trình này rồi nối máy bằng lệnh counter init --database, với dải số chưa máy nào dùng.</translation>
    </message>
    <message>
        <source>{count} scans were not beside the copy or are damaged. Look for the folder that the copy came from: it holds them. The page Administration names them.</source>
        <translation>{count} tệp quét không nằm cạnh bản sao lưu hoặc đã hỏng. Hãy tìm thư mục gốc của bản sao: các tệp ấy nằm trong đó. Trang Quản trị nêu rõ từng tệp.</translation>
    </message>
    <message>
        <source>The line to the province needs a new ticket: ask for one, then enrol on the page Exchange. What waits to be sent is kept.</source>
        <translation>Đường truyền tới tỉnh cần phiếu đăng ký mới: hãy xin tỉnh một phiếu rồi đăng ký ở trang Đồng bộ. Hồ sơ chờ gửi vẫn được giữ.</translation>
    </message>
    <message>
        <source>day still to come</source>
        <translation>ngày ở tương lai</translation>
    </message>
    <message>
        <source>data missing</source>
        <translation>thiếu dữ liệu</translation>
    </message>
    <message>
        <source>scans of a server&apos;s desk</source>
        <translation>chỉ tệp quét của quầy dùng máy chủ</translation>
    </message>
    <message>
        <source>{count} dossiers</source>
        <translation>{count} hồ sơ</translation>
    </message>
    <message>
        <source>counter {desk}, {commune}</source>
        <translation>quầy {desk}, {commune}</translation>
    </message>
    <message>
        <source>By the clock of this computer the day of this copy is still to come. Set the clock right and look again. If it is right, this copy was made with a wrong clock or is not yours: choose another one.</source>
        <translation>Theo đồng hồ máy này thì ngày của bản sao lưu chưa tới. Hãy chỉnh lại ngày giờ rồi tìm lại. Nếu đồng hồ đã đúng thì bản này làm ra lúc đồng hồ sai hoặc không phải của quầy: hãy chọn bản khác.</translation>
    </message>
    <message>
        <source>The data of this copy does not lie beside it. Bring the whole folder QuayMotCua-… and look again, or choose another copy.</source>
        <translation>Cạnh bản sao lưu này không có dữ liệu của nó. Hãy chép cả thư mục QuayMotCua-… rồi tìm lại, hoặc chọn bản khác.</translation>
    </message>
    <message>
        <source>This copy holds only the scans of a desk whose data lies on a server. It makes no desk: whoever looks after the server brings the data back from the server&apos;s own copies.</source>
        <translation>Bản này chỉ có tệp quét của quầy dùng máy chủ, khôi phục xong chưa thành quầy. Dữ liệu do người phụ trách máy chủ khôi phục từ bản sao lưu của chính máy chủ.</translation>
    </message>
    <message>
        <source>Choose the copy…</source>
        <translation>Chọn bản sao lưu…</translation>
    </message>
    <message>
        <source>First choose a copy.</source>
        <translation>Hãy chọn một bản sao lưu trước.</translation>
    </message>
    <message>
        <source>Restoring: this may take some minutes. Leave the disk plugged in.</source>
        <translation>Đang khôi phục, có thể mất vài phút. Hãy để nguyên ổ đĩa đang cắm.</translation>
    </message>
    <message>
        <source>Restore from a copy</source>
        <translation>Khôi phục từ bản sao lưu</translation>
    </message>
    <message>
        <source>After a broken disk, or on a new computer. Choose the newest copy; nothing on its disk is changed, and this computer holds no desk yet that could be lost.</source>
        <translation>Dùng khi ổ đĩa hỏng hoặc đổi sang máy mới. Hãy chọn bản mới nhất; ổ chứa bản sao không bị thay đổi gì, và máy này chưa có quầy nào nên không mất gì cả.</translation>
    </message>
</context>
<context>
    <name>ReturnSteps</name>
    <message>
        <source>Receiver</source>
        <translation>Người nhận</translation>
    </message>
    <message>
        <source>Take back before handing over</source>
        <translation>Thu lại trước khi trả</translation>
    </message>
    <message>
        <source>Give to the citizen</source>
        <translation>Giao cho công dân</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Ký nhận</translation>
    </message>
</context>
<context>
    <name>ReturningPage</name>
    <message>
        <source>Send by post</source>
        <translation>Gửi bưu chính</translation>
    </message>
    <message>
        <source>Scan the slip or the card, or choose a result from the list.</source>
        <translation>Quét giấy tiếp nhận hoặc thẻ căn cước, hoặc chọn một kết quả trong danh sách.</translation>
    </message>
    <message>
        <source>Rating by the citizen</source>
        <translation>Công dân đánh giá</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Chưa đánh giá</translation>
    </message>
    <message>
        <source>Satisfied</source>
        <translation>Hài lòng</translation>
    </message>
    <message>
        <source>So so</source>
        <translation>Bình thường</translation>
    </message>
    <message>
        <source>Dissatisfied</source>
        <translation>Chưa hài lòng</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>không bắt buộc</translation>
    </message>
    <message>
        <source>Your role hands nothing over.</source>
        <translation>Vai trò của bạn không bàn giao, trả kết quả.</translation>
    </message>
    <message>
        <source>Scan the slip or the card first, or choose a result from the list.</source>
        <translation>Hãy quét giấy tiếp nhận hoặc thẻ căn cước, hoặc chọn trong danh sách trước.</translation>
    </message>
    <message>
        <source>It is being recorded.</source>
        <translation>Đang ghi.</translation>
    </message>
    <message>
        <source>The result of {code} was handed over.</source>
        <translation>Đã trả kết quả hồ sơ {code}.</translation>
    </message>
    <message>
        <source>No result waits for the owner of this card.</source>
        <translation>Không có kết quả nào chờ trả cho chủ thẻ này.</translation>
    </message>
    <message>
        <source>Result for {name}</source>
        <translation>Trả kết quả cho {name}</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Trễ hẹn</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>Đúng hạn</translation>
    </message>
    <message>
        <source>Delivered by post</source>
        <translation>Bưu chính đã phát</translation>
    </message>
    <message>
        <source>Hand over a result</source>
        <translation>Trả kết quả</translation>
    </message>
</context>
<context>
    <name>ReuseDialog</name>
    <message>
        <source>Use again: {paper}</source>
        <translation>Dùng lại cho: {paper}</translation>
    </message>
    <message>
        <source>Papers of this person from other dossiers that still hold. Look at the paper before you take it: the look is recorded.</source>
        <translation>Giấy tờ của đúng người này ở hồ sơ khác, còn giá trị. Hãy xem tệp trước khi dùng lại; mỗi lần xem đều được ghi nhật ký.</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Number, day</source>
        <translation>Số, ngày</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Nơi cấp</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>Có giá trị đến</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>Ngày lưu</translation>
    </message>
    <message>
        <source>No earlier paper of this person is here. Scan it (F12).</source>
        <translation>Chưa có giấy tờ nào của người này để dùng lại. Hãy quét (F12).</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Dùng lại</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Xem</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>{paper}: the earlier file is used again.</source>
        <translation>{paper}: đã dùng lại tệp có sẵn.</translation>
    </message>
</context>
<context>
    <name>RootsDialog</name>
    <message>
        <source>Trusted issuers</source>
        <translation>Nơi cấp chứng thư tin cậy</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Nơi cấp</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Hiệu lực</translation>
    </message>
    <message>
        <source>No issuer is trusted yet. Add the root certificates (.cer, .crt) that the certification authorities publish.</source>
        <translation>Chưa có nơi cấp tin cậy nào. Thêm chứng thư gốc (.cer, .crt) do các tổ chức chứng thực công bố.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Thêm…</translation>
    </message>
    <message>
        <source>Trust no longer</source>
        <translation>Bỏ tin cậy</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Root certificate</source>
        <translation>Chứng thư gốc</translation>
    </message>
</context>
<context>
    <name>SampleDialog</name>
    <message>
        <source>Random sample of dossiers</source>
        <translation>Rút mẫu hồ sơ ngẫu nhiên</translation>
    </message>
    <message>
        <source>Received from</source>
        <translation>Tiếp nhận từ ngày</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>Đến ngày</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Số hồ sơ</translation>
    </message>
    <message>
        <source>Number of a draw before</source>
        <translation>Số hiệu lần rút trước</translation>
    </message>
    <message>
        <source>No sample was drawn yet.</source>
        <translation>Chưa rút mẫu.</translation>
    </message>
    <message>
        <source>Every dossier of the period is as likely as any other. The draw is on the audit trail; its number draws the same again.</source>
        <translation>Mọi hồ sơ trong kỳ có khả năng được rút như nhau. Lần rút được ghi vào nhật ký; nhập lại số hiệu thì rút đúng các hồ sơ đó.</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Rút mẫu</translation>
    </message>
    <message>
        <source>Write a whole number, like 12.</source>
        <translation>Hãy ghi số nguyên, ví dụ 12.</translation>
    </message>
    <message>
        <source>{count} of {total} dossiers. Number of this draw: {seed}. Enter opens a dossier.</source>
        <translation>{count} trong {total} hồ sơ. Số hiệu lần rút: {seed}. Enter để mở hồ sơ.</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Procedure</source>
        <translation>Thủ tục</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Tiếp nhận</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tình trạng</translation>
    </message>
</context>
<context>
    <name>SaveFileDialog</name>
    <message>
        <source>Kind of file</source>
        <translation>Loại tệp</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên tệp</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Thư mục</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>Thư mục khác…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>This file is there already. Press the button again to replace it, or give another name.</source>
        <translation>Đã có tệp này. Bấm nút lần nữa để thay tệp cũ, hoặc đặt tên khác.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Thay tệp cũ</translation>
    </message>
    <message>
        <source>Give a name without &lt; &gt; : &quot; / \ | ? *</source>
        <translation>Hãy đặt tên không có các dấu &lt; &gt; : &quot; / \ | ? *</translation>
    </message>
    <message>
        <source>There is no such folder. Choose another one.</source>
        <translation>Không có thư mục này. Hãy chọn thư mục khác.</translation>
    </message>
</context>
<context>
    <name>ScanField</name>
    <message>
        <source>Scan a code, or search dossiers, names, identity numbers…</source>
        <translation>Quét mã hoặc tìm hồ sơ, tên, số định danh…</translation>
    </message>
    <message>
        <source>Scan or search</source>
        <translation>Quét hoặc tìm</translation>
    </message>
</context>
<context>
    <name>ScanHead</name>
    <message>
        <source>Scanner</source>
        <translation>Máy quét</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Xấp giấy</translation>
    </message>
    <message>
        <source>Way of scanning</source>
        <translation>Cách quét</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Digitise</source>
        <translation>Số hóa</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>Xấp mới</translation>
    </message>
    <message>
        <source>Looking for more…</source>
        <translation>Đang tìm thêm…</translation>
    </message>
    <message>
        <source>Looking for scanners…</source>
        <translation>Đang tìm máy quét…</translation>
    </message>
    <message>
        <source>No scanner found</source>
        <translation>Không thấy máy quét</translation>
    </message>
</context>
<context>
    <name>ScanStack</name>
    <message>
        <source>Read: {codes}.</source>
        <translation>Đọc được: {codes}.</translation>
    </message>
    <message>
        <source>Read {codes}: a set begins here.</source>
        <translation>Đọc được {codes}: bắt đầu một bộ tại đây.</translation>
    </message>
    <message>
        <source>Read {codes}: the same dossier.</source>
        <translation>Đọc được {codes}: vẫn hồ sơ này.</translation>
    </message>
    <message>
        <source>Codes of two dossiers: {codes}.</source>
        <translation>Có mã của hai hồ sơ: {codes}.</translation>
    </message>
    <message>
        <source>A code that is not sure: {codes}.</source>
        <translation>Mã đọc chưa chắc chắn: {codes}.</translation>
    </message>
    <message>
        <source>A separator sheet: it is not filed.</source>
        <translation>Tờ phân cách: không lưu.</translation>
    </message>
    <message>
        <source>The back of this sheet did not come: choose the page, lay the back into the scanner, and press I.</source>
        <translation>Tờ này thiếu mặt sau: chọn trang này, đặt mặt sau vào máy quét rồi bấm I.</translation>
    </message>
    <message>
        <source>{begun}, damaged</source>
        <translation>{begun}, bị hỏng</translation>
    </message>
    <message>
        <source>{begun}, in use</source>
        <translation>{begun}, nơi khác đang dùng</translation>
    </message>
    <message>
        <source>{begun}, {count} pages</source>
        <translation>{begun}, {count} trang</translation>
    </message>
    <message>
        <source>All papers in one file</source>
        <translation>Toàn bộ hồ sơ, một tệp</translation>
    </message>
    <message>
        <source>Blank?</source>
        <translation>Trang trắng?</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Đã xóa</translation>
    </message>
    <message>
        <source>Dossier not known yet</source>
        <translation>Chưa rõ hồ sơ</translation>
    </message>
    <message>
        <source>being scanned</source>
        <translation>đang quét</translation>
    </message>
    <message>
        <source>filed</source>
        <translation>đã lưu</translation>
    </message>
    <message>
        <source>not filed</source>
        <translation>không lưu</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>đang chờ</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>sẵn sàng lưu</translation>
    </message>
</context>
<context>
    <name>Scanners</name>
    <message>
        <source>network</source>
        <translation>qua mạng</translation>
    </message>
    <message>
        <source>folder of a copier</source>
        <translation>thư mục máy photocopy</translation>
    </message>
    <message>
        <source>connected to this PC</source>
        <translation>nối với máy tính này</translation>
    </message>
    <message>
        <source>The folder is there. What a copier puts into it can be taken in.</source>
        <translation>Thư mục mở được. Tệp máy photocopy đặt vào đây sẽ nhận được.</translation>
    </message>
    <message>
        <source>glass</source>
        <translation>mặt kính</translation>
    </message>
    <message>
        <source>feeder</source>
        <translation>khay nạp</translation>
    </message>
    <message>
        <source>feeder, both sides</source>
        <translation>khay nạp hai mặt</translation>
    </message>
    <message>
        <source>The scanner answers: {sources}.</source>
        <translation>Máy quét trả lời: {sources}.</translation>
    </message>
    <message>
        <source>The scanner answers: {sources}; {least} to {most} dpi.</source>
        <translation>Máy quét trả lời: {sources}; {least} đến {most} dpi.</translation>
    </message>
</context>
<context>
    <name>ScannersDialog</name>
    <message>
        <source>Scanners of this PC</source>
        <translation>Máy quét của máy tính này</translation>
    </message>
    <message>
        <source>The page of the trial</source>
        <translation>Trang quét thử</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Máy quét</translation>
    </message>
    <message>
        <source>Reached by</source>
        <translation>Kết nối</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Địa chỉ</translation>
    </message>
    <message>
        <source>No scanner yet. Switch one on and press F5, or enter an address or a folder below.</source>
        <translation>Chưa có máy quét. Hãy bật máy rồi bấm F5, hoặc nhập địa chỉ hay thư mục ở dưới.</translation>
    </message>
    <message>
        <source>Address of a network scanner, Enter adds it</source>
        <translation>Địa chỉ máy quét mạng (Enter để thêm)</translation>
    </message>
    <message>
        <source>Folder that a copier scans to, Enter adds it</source>
        <translation>Thư mục máy photocopy (Enter để thêm)</translation>
    </message>
    <message>
        <source>Name of the chosen scanner, Enter keeps it</source>
        <translation>Tên của máy quét đang chọn (Enter để giữ)</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Chọn thư mục…</translation>
    </message>
    <message>
        <source>Scan a page to try it</source>
        <translation>Quét thử một trang</translation>
    </message>
    <message>
        <source>Does it answer?</source>
        <translation>Hỏi máy quét</translation>
    </message>
    <message>
        <source>Look for scanners</source>
        <translation>Tìm máy quét</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Bỏ khỏi danh sách</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Looking for scanners…</source>
        <translation>Đang tìm máy quét…</translation>
    </message>
    <message>
        <source>The scanner is being tried…</source>
        <translation>Đang quét thử…</translation>
    </message>
    <message>
        <source>The scanner is being asked…</source>
        <translation>Đang hỏi máy quét…</translation>
    </message>
</context>
<context>
    <name>ScanningPage</name>
    <message>
        <source>Your role scans nothing.</source>
        <translation>Vai trò của bạn không quét giấy tờ.</translation>
    </message>
    <message>
        <source>The stack is being filed.</source>
        <translation>Đang lưu xấp này.</translation>
    </message>
    <message>
        <source>A stack is being scanned.</source>
        <translation>Đang quét.</translation>
    </message>
    <message>
        <source>No scanner was found. Switch it on and press F5.</source>
        <translation>Không thấy máy quét nào. Bật máy rồi bấm F5.</translation>
    </message>
    <message>
        <source>Nothing is scanned yet.</source>
        <translation>Chưa quét trang nào.</translation>
    </message>
    <message>
        <source>This set does not know its dossier yet, or is filed. F3 names it.</source>
        <translation>Bộ này chưa rõ hồ sơ hoặc đã lưu. Bấm F3 để chọn hồ sơ.</translation>
    </message>
    <message>
        <source>No other stack waits.</source>
        <translation>Không có xấp nào khác đang chờ.</translation>
    </message>
    <message>
        <source>No set can be filed yet. Why stands below its name.</source>
        <translation>Chưa bộ nào lưu được. Lý do ghi ngay dưới tên bộ.</translation>
    </message>
    <message>
        <source>Filing…</source>
        <translation>Đang lưu…</translation>
    </message>
    <message>
        <source>Scanning…</source>
        <translation>Đang quét…</translation>
    </message>
    <message>
        <source>Read files…</source>
        <translation>Đọc tệp…</translation>
    </message>
    <message>
        <source>Go on scanning (F12)</source>
        <translation>Quét tiếp (F12)</translation>
    </message>
    <message>
        <source>{count} pages came, the scanner has no more</source>
        <translation>Đã nhận {count} trang, máy quét báo hết giấy</translation>
    </message>
    <message>
        <source>The back of page {number} did not come.</source>
        <translation>Trang {number} thiếu mặt sau.</translation>
    </message>
    <message>
        <source>{files} files were put into {dossiers} dossiers.</source>
        <translation>Đã lưu {files} tệp vào {dossiers} hồ sơ.</translation>
    </message>
    <message>
        <source>{pages} pages wait: {reason}</source>
        <translation>Còn {pages} trang chờ: {reason}</translation>
    </message>
</context>
<context>
    <name>SecondPersonDialog</name>
    <message>
        <source>A second person agrees</source>
        <translation>Người thứ hai đồng ý</translation>
    </message>
    <message>
        <source>Who agrees</source>
        <translation>Người đồng ý</translation>
    </message>
    <message>
        <source>Their password</source>
        <translation>Mật khẩu của người đó</translation>
    </message>
    <message>
        <source>Agree and write the file</source>
        <translation>Đồng ý và ghi tệp</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
</context>
<context>
    <name>SetPapersDialog</name>
    <message>
        <source>Which paper is which page: {code}</source>
        <translation>Trang nào là giấy tờ nào: {code}</translation>
    </message>
    <message>
        <source>A figure says what the chosen page is, and the pages behind it that were the same paper.</source>
        <translation>Bấm số để chọn giấy tờ cho trang đang chọn và các trang liền sau cùng giấy tờ.</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Trang</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Divide so</source>
        <translation>Chia như vậy</translation>
    </message>
    <message>
        <source>As last time</source>
        <translation>Như lần trước</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>As last time: {papers}.</source>
        <translation>Như lần trước: {papers}.</translation>
    </message>
    <message>
        <source>Last time it was {papers}: another number of pages.</source>
        <translation>Lần trước là {papers}: số trang khác lần này.</translation>
    </message>
    <message>
        <source>The pages of “{paper}” do not lie together. Close this and move them with Ctrl+Up or Ctrl+Down first.</source>
        <translation>Các trang của “{paper}” không nằm liền nhau. Hãy đóng cửa sổ này, chuyển trang bằng Ctrl+Up hoặc Ctrl+Down rồi chia lại.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings of this desk</source>
        <translation>Thiết lập của quầy</translation>
    </message>
    <message>
        <source>Only an administrator changes what the slips say; the reader and the lock are yours to choose.</source>
        <translation>Chỉ quản trị được sửa nội dung in trên giấy; đầu đọc và khóa màn hình thì bạn tự chọn.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>None now, keep the PDF</source>
        <translation>Chưa có, giữ tệp PDF</translation>
    </message>
    <message>
        <source>A receipt printer, by its address</source>
        <translation>Máy in hóa đơn (nhiệt), theo địa chỉ</translation>
    </message>
    <message>
        <source>A5, one slip a sheet</source>
        <translation>A5, mỗi tờ một giấy</translation>
    </message>
    <message>
        <source>A4, two slips with a cutting line</source>
        <translation>A4, hai giấy có đường cắt</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>80 mm roll</source>
        <translation>Cuộn 80 mm</translation>
    </message>
    <message>
        <source>None: the reader types like a keyboard</source>
        <translation>Không: đầu đọc gõ như bàn phím</translation>
    </message>
    <message>
        <source>After {minutes} minutes</source>
        <translation>Sau {minutes} phút</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Không khóa</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Máy in</translation>
    </message>
    <message>
        <source>Paper of the slips</source>
        <translation>Khổ giấy tiếp nhận</translation>
    </message>
    <message>
        <source>Address of the receipt printer: network address with port, or device such as /dev/usb/lp0</source>
        <translation>Địa chỉ máy in nhiệt: địa chỉ mạng kèm cổng, hoặc thiết bị như /dev/usb/lp0</translation>
    </message>
    <message>
        <source>Telephone, printed on the slips</source>
        <translation>Điện thoại in trên giấy tiếp nhận</translation>
    </message>
    <message>
        <source>Address of the office</source>
        <translation>Địa chỉ trụ sở</translation>
    </message>
    <message>
        <source>Barcode reader on a serial port</source>
        <translation>Đầu đọc mã qua cổng nối tiếp</translation>
    </message>
    <message>
        <source>Lock the screen when nobody is here</source>
        <translation>Khóa màn hình khi vắng người</translation>
    </message>
    <message>
        <source>Messages to citizens…</source>
        <translation>Tin báo cho người dân…</translation>
    </message>
    <message>
        <source>Reports…</source>
        <translation>Báo cáo…</translation>
    </message>
    <message>
        <source>Units…</source>
        <translation>Các bộ phận…</translation>
    </message>
    <message>
        <source>Who signs…</source>
        <translation>Người ký…</translation>
    </message>
    <message>
        <source>Steps…</source>
        <translation>Quy trình…</translation>
    </message>
    <message>
        <source>Scanners…</source>
        <translation>Máy quét…</translation>
    </message>
    <message>
        <source>Write the printer&apos;s address, for example 192.168.1.50 or /dev/usb/lp0.</source>
        <translation>Hãy ghi địa chỉ máy in, ví dụ 192.168.1.50 hoặc /dev/usb/lp0.</translation>
    </message>
</context>
<context>
    <name>SettleDialog</name>
    <message>
        <source>Dossier {code}: two versions</source>
        <translation>Hồ sơ {code}: hai bản</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Mục khác nhau</translation>
    </message>
    <message>
        <source>At this desk</source>
        <translation>Ở quầy</translation>
    </message>
    <message>
        <source>At the province</source>
        <translation>Ở tỉnh</translation>
    </message>
    <message>
        <source>The province told nothing to lay beside it.</source>
        <translation>Tỉnh không gửi nội dung để so sánh.</translation>
    </message>
    <message>
        <source>Take the province&apos;s version</source>
        <translation>Theo bản của tỉnh</translation>
    </message>
    <message>
        <source>The head of the office or an administrator chooses.</source>
        <translation>Lãnh đạo hoặc quản trị chọn.</translation>
    </message>
    <message>
        <source>Open the dossier</source>
        <translation>Mở hồ sơ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Recorded here at {time}. Papers that were printed stay valid whatever is chosen.</source>
        <translation>Quầy ghi lúc {time}. Chọn bản nào thì giấy đã in vẫn có giá trị.</translation>
    </message>
    <message>
        <source>Dossier {code} follows the province&apos;s version; the province is told.</source>
        <translation>Hồ sơ {code} đã theo bản của tỉnh; máy sẽ báo cho tỉnh.</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quầy Một Cửa</translation>
    </message>
    <message>
        <source>Setting up this desk</source>
        <translation>Thiết lập lần đầu</translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation>Thứ Hai đến thứ Sáu</translation>
    </message>
    <message>
        <source>Monday to Friday, and Saturday morning</source>
        <translation>Thứ Hai đến thứ Sáu và sáng thứ Bảy</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Try out with sample data first</source>
        <translation>Tập trước với dữ liệu mẫu</translation>
    </message>
    <message>
        <source>Restore from a copy…</source>
        <translation>Khôi phục từ bản sao lưu…</translation>
    </message>
    <message>
        <source>Make the desk</source>
        <translation>Tạo quầy</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Tiếp tục</translation>
    </message>
    <message>
        <source>Place and identifier</source>
        <translation>Nơi làm việc và mã</translation>
    </message>
    <message>
        <source>Hours and printer</source>
        <translation>Giờ làm việc và máy in</translation>
    </message>
    <message>
        <source>First person</source>
        <translation>Người đầu tiên</translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation>Phiếu khôi phục</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>Bước {step} trên {steps}</translation>
    </message>
</context>
<context>
    <name>SignDialog</name>
    <message>
        <source>Sign digitised papers</source>
        <translation>Ký số giấy tờ đã số hóa</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Chứng thư số</translation>
    </message>
    <message>
        <source>PIN of the token</source>
        <translation>Mã PIN của thiết bị</translation>
    </message>
    <message>
        <source>Enter or Space: sign this file, or leave it out</source>
        <translation>Enter hoặc phím cách: ký tệp này, hoặc để lại</translation>
    </message>
    <message>
        <source>No file waits for a signature. What is filed comes here by itself.</source>
        <translation>Không có tệp nào chờ ký. Tệp mới lưu vào hồ sơ sẽ tự có ở đây.</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Ký số</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Look for tokens</source>
        <translation>Tìm thiết bị</translation>
    </message>
    <message>
        <source>Library…</source>
        <translation>Thư viện…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Stopping after this file…</source>
        <translation>Sẽ dừng sau tệp này…</translation>
    </message>
    <message>
        <source>Looking for tokens…</source>
        <translation>Đang tìm thiết bị ký số…</translation>
    </message>
    <message>
        <source>Library of the token&apos;s vendor (PKCS#11)</source>
        <translation>Thư viện của nhà cung cấp thiết bị (PKCS#11)</translation>
    </message>
    <message>
        <source>Signing file {number} of {count}…</source>
        <translation>Đang ký tệp {number}/{count}…</translation>
    </message>
    <message>
        <source>{signed} files are signed.</source>
        <translation>Đã ký {signed} tệp.</translation>
    </message>
    <message>
        <source>{left} still wait.</source>
        <translation>Còn {left} tệp chờ ký.</translation>
    </message>
    <message>
        <source>Choose the library…</source>
        <translation>Chọn thư viện…</translation>
    </message>
</context>
<context>
    <name>SignStep</name>
    <message>
        <source>Signature</source>
        <translation>Ký nhận</translation>
    </message>
    <message>
        <source>Paper register</source>
        <translation>Ký sổ giấy</translation>
    </message>
    <message>
        <source>Printed receipt</source>
        <translation>In giấy biên nhận</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Điểm chỉ</translation>
    </message>
    <message>
        <source>Line {number}, book {book}</source>
        <translation>Dòng {number}, quyển {book}</translation>
    </message>
</context>
<context>
    <name>SignaturesDialog</name>
    <message>
        <source>Signatures of a PDF</source>
        <translation>Chữ ký số của tệp PDF</translation>
    </message>
    <message>
        <source>Choose a PDF to see who signed it (Ctrl+O).</source>
        <translation>Chọn tệp PDF để xem ai đã ký (Ctrl+O).</translation>
    </message>
    <message>
        <source>Choose a PDF…</source>
        <translation>Chọn tệp PDF…</translation>
    </message>
    <message>
        <source>Trusted issuers…</source>
        <translation>Nơi cấp tin cậy…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>This file bears no digital signature.</source>
        <translation>Tệp này chưa có chữ ký số.</translation>
    </message>
    <message>
        <source>The content is not what was signed. Do not rely on this file; ask for the original.</source>
        <translation>Nội dung không còn như lúc ký. Không dùng tệp này; hãy xin bản gốc.</translation>
    </message>
    <message>
        <source>The content is whole, but a certificate did not hold when it signed. Ask the signer.</source>
        <translation>Nội dung còn nguyên, nhưng có chứng thư không hợp lệ lúc ký. Hỏi lại người ký.</translation>
    </message>
    <message>
        <source>The content is whole. Who issued the certificate could not be checked: its root is not among the trusted.</source>
        <translation>Nội dung còn nguyên. Chưa kiểm được nơi cấp chứng thư: chứng thư gốc chưa có trong danh sách tin cậy.</translation>
    </message>
    <message>
        <source>The content is whole, and the issuers are trusted.</source>
        <translation>Nội dung còn nguyên, nơi cấp chứng thư tin cậy.</translation>
    </message>
</context>
<context>
    <name>Signing</name>
    <message>
        <source>Sign</source>
        <translation>Ký số</translation>
    </message>
    <message>
        <source>Paper, result</source>
        <translation>Giấy tờ, kết quả</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Số trang</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>{owner}, until {day}</source>
        <translation>{owner}, đến {day}</translation>
    </message>
    <message>
        <source>Issued by {issuer}, number {serial}, holds {first} – {last}; token {token}</source>
        <translation>Nơi cấp {issuer}, số {serial}, hiệu lực {first} – {last}; thiết bị {token}</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Người ký</translation>
    </message>
    <message>
        <source>Time (signer&apos;s clock)</source>
        <translation>Giờ ký (máy người ký)</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Nơi cấp</translation>
    </message>
    <message>
        <source>not what was signed</source>
        <translation>không còn như lúc ký</translation>
    </message>
    <message>
        <source>changed after signing</source>
        <translation>bị sửa sau khi ký</translation>
    </message>
    <message>
        <source>as it was signed</source>
        <translation>còn nguyên</translation>
    </message>
    <message>
        <source>as it was signed, another signature follows</source>
        <translation>còn nguyên, có chữ ký thêm sau</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>tin cậy</translation>
    </message>
    <message>
        <source>could not be checked</source>
        <translation>chưa kiểm được nơi cấp</translation>
    </message>
    <message>
        <source>certificate did not hold</source>
        <translation>chứng thư không hợp lệ</translation>
    </message>
    <message>
        <source>will be signed</source>
        <translation>sẽ ký</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>để lại</translation>
    </message>
    <message>
        <source>certificate {serial}</source>
        <translation>chứng thư số {serial}</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>đã ký</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>chờ ký</translation>
    </message>
</context>
<context>
    <name>SlipBox</name>
    <message>
        <source>The slip as it will print</source>
        <translation>Giấy tiếp nhận như sẽ in</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>Xem lớn</translation>
    </message>
    <message>
        <source>Receipt slip</source>
        <translation>Giấy tiếp nhận</translation>
    </message>
    <message>
        <source>A5, two copies</source>
        <translation>A5, hai liên</translation>
    </message>
    <message>
        <source>two A5 on A4</source>
        <translation>hai A5 trên A4</translation>
    </message>
    <message>
        <source>A4, two copies</source>
        <translation>A4, hai liên</translation>
    </message>
    <message>
        <source>80 mm roll</source>
        <translation>Cuộn 80 mm</translation>
    </message>
    <message>
        <source>provisional code</source>
        <translation>mã tạm</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Máy in</translation>
    </message>
    <message>
        <source>No printer</source>
        <translation>Chưa có máy in</translation>
    </message>
    <message>
        <source>the slip is kept as PDF</source>
        <translation>giấy được giữ thành PDF</translation>
    </message>
</context>
<context>
    <name>StackEditing</name>
    <message>
        <source>Pages of each set</source>
        <translation>Số trang mỗi bộ</translation>
    </message>
    <message>
        <source>Divide by pages</source>
        <translation>Chia theo số trang</translation>
    </message>
    <message>
        <source>Each set gets so many pages. Codes on them still say of which dossier, and what is filed stays as it is.</source>
        <translation>Mỗi bộ gồm đúng chừng ấy trang. Mã trên trang vẫn cho biết bộ nào của hồ sơ nào; bộ đã lưu giữ nguyên.</translation>
    </message>
    <message>
        <source>The pages that are not filed are deleted for good and have to be scanned again. What is filed stays.</source>
        <translation>Các trang chưa lưu sẽ bị xóa hẳn và phải quét lại. Phần đã lưu vẫn còn.</translation>
    </message>
    <message>
        <source>Throw the stack away?</source>
        <translation>Bỏ xấp quét này?</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>The pages of the stack are being read…</source>
        <translation>Đang đọc lại các trang của xấp…</translation>
    </message>
    <message>
        <source>The stack of {begun}: {problem}</source>
        <translation>Xấp lúc {begun}: {problem}</translation>
    </message>
    <message>
        <source>Keep what can be read</source>
        <translation>Giữ phần đọc được</translation>
    </message>
</context>
<context>
    <name>StackView</name>
    <message>
        <source>Scanned pages</source>
        <translation>Các trang đã quét</translation>
    </message>
    <message>
        <source>Lay the papers into the scanner. F12 scans: pages with the code of a slip begin the set of its dossier.</source>
        <translation>Đặt giấy vào máy quét rồi bấm F12. Trang có mã của giấy tiếp nhận sẽ mở đầu bộ giấy tờ của hồ sơ đó.</translation>
    </message>
    <message>
        <source>Scanning page {number}</source>
        <translation>Đang quét trang {number}</translation>
    </message>
    <message>
        <source>Filing set {number} of {sets}</source>
        <translation>Đang lưu bộ {number}/{sets}</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} trang</translation>
    </message>
</context>
<context>
    <name>StageBar</name>
    <message>
        <source>Stage: %1</source>
        <translation>Đang ở: %1</translation>
    </message>
</context>
<context>
    <name>StateWords</name>
    <message>
        <source>Saved on this PC</source>
        <translation>Đã lưu trên máy</translation>
    </message>
    <message>
        <source>Sending {count}</source>
        <translation>Đang gửi {count}</translation>
    </message>
    <message>
        <source>Province has {count}/{total}</source>
        <translation>Tỉnh đã nhận {count}/{total}</translation>
    </message>
    <message>
        <source>Needs action {count}</source>
        <translation>Cần xử lý {count}</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Filed online</source>
        <translation>Nộp trực tuyến</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Đã nhận</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Không tiếp nhận</translation>
    </message>
    <message>
        <source>Processing</source>
        <translation>Đang xử lý</translation>
    </message>
    <message>
        <source>Awaiting papers</source>
        <translation>Chờ bổ sung</translation>
    </message>
    <message>
        <source>Awaiting payment</source>
        <translation>Chờ nộp phí</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Đã rút</translation>
    </message>
    <message>
        <source>Halted</source>
        <translation>Đã dừng</translation>
    </message>
    <message>
        <source>Result ready</source>
        <translation>Có kết quả</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Đã trả</translation>
    </message>
    <message>
        <source>Saved on this PC</source>
        <translation>Đã lưu trên máy</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Đang gửi</translation>
    </message>
    <message>
        <source>The province has it</source>
        <translation>Tỉnh đã nhận</translation>
    </message>
    <message>
        <source>Needs action</source>
        <translation>Cần xử lý</translation>
    </message>
    <message>
        <source>less than a working day</source>
        <translation>chưa đến 1 ngày làm việc</translation>
    </message>
    <message>
        <source>{days} working days</source>
        <translation>{days} ngày làm việc</translation>
    </message>
    <message>
        <source>Papers not brought in time</source>
        <translation>Quá hạn bổ sung</translation>
    </message>
    <message>
        <source>Overdue {time}</source>
        <translation>Quá hạn {time}</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Quá hạn</translation>
    </message>
    <message>
        <source>Overdue {days} days</source>
        <translation>Quá hạn {days} ngày</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>Hẹn hôm nay</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>Sắp đến hạn</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>tạm dừng</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>không hẹn ngày</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>hôm nay {time}</translation>
    </message>
</context>
<context>
    <name>StepMark</name>
    <message>
        <source>Step %1, complete</source>
        <translation>Bước %1, đã xong</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Bước %1</translation>
    </message>
</context>
<context>
    <name>StickDialog</name>
    <message>
        <source>Exchange by a USB stick</source>
        <translation>Đồng bộ bằng USB</translation>
    </message>
    <message>
        <source>Without a line: write one file to the stick, have it carried to the province, and take the province&apos;s answer at this PC again. Only the province can read the file. A lost stick costs nothing: write another file.</source>
        <translation>Khi không có mạng: ghi một tệp ra USB, chuyển lên tỉnh, rồi nhận tệp trả lời của tỉnh về đúng máy này. Chỉ tỉnh đọc được tệp. Mất USB không mất việc: ghi tệp khác.</translation>
    </message>
    <message>
        <source>Folder on the stick</source>
        <translation>Thư mục trên USB</translation>
    </message>
    <message>
        <source>Ticket of the province</source>
        <translation>Phiếu đăng ký máy của tỉnh</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>Thư mục khác…</translation>
    </message>
    <message>
        <source>File of the ticket…</source>
        <translation>Tệp phiếu…</translation>
    </message>
    <message>
        <source>Write to the stick</source>
        <translation>Ghi ra USB</translation>
    </message>
    <message>
        <source>Take the answer</source>
        <translation>Nhận trả lời</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Writing to the stick…</source>
        <translation>Đang ghi ra USB…</translation>
    </message>
    <message>
        <source>Taking the answer…</source>
        <translation>Đang nhận trả lời…</translation>
    </message>
    <message>
        <source>{ops} items and {files} scans stand in {name}. Take the stick out in order and have it carried to the province.</source>
        <translation>Đã ghi {ops} việc và {files} tệp quét vào {name}. Hãy rút USB đúng cách rồi chuyển lên tỉnh.</translation>
    </message>
    <message>
        <source>The province has recorded {sent} items and holds {uploaded} scans; {received} changes came in.</source>
        <translation>Tỉnh đã ghi {sent} việc, giữ {uploaded} tệp quét; máy nhận {received} thay đổi.</translation>
    </message>
</context>
<context>
    <name>StrikeDialog</name>
    <message>
        <source>Strike a number</source>
        <translation>Hủy số chứng thực</translation>
    </message>
    <message>
        <source>The line stays in the register, struck through with the reason. The number is not used again.</source>
        <translation>Dòng trong sổ vẫn giữ, gạch ngang và ghi lý do. Số không dùng lại.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>The receipt is cancelled too</source>
        <translation>Biên lai cũng đã hủy</translation>
    </message>
    <message>
        <source>Strike it</source>
        <translation>Hủy số</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Để nguyên</translation>
    </message>
    <message>
        <source>Say why the number is struck.</source>
        <translation>Hãy ghi lý do hủy số.</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Compare with the province</source>
        <translation>Đối soát với tỉnh</translation>
    </message>
    <message>
        <source>Pause sending</source>
        <translation>Tạm dừng gửi</translation>
    </message>
    <message>
        <source>Exchange with the province</source>
        <translation>Đồng bộ với tỉnh</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>Chờ gửi</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Số việc</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>Lâu nhất</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Dung lượng</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Tiến độ</translation>
    </message>
    <message>
        <source>What waits to be sent</source>
        <translation>Những gì chờ gửi</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Lúc</translation>
    </message>
    <message>
        <source>Log of the line</source>
        <translation>Nhật ký đường truyền</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Gửi lên</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nhận về</translation>
    </message>
    <message>
        <source>History of the line</source>
        <translation>Nhật ký đường truyền</translation>
    </message>
    <message>
        <source>Every exchange with the province will stand here.</source>
        <translation>Mỗi lượt đồng bộ với tỉnh sẽ được ghi ở đây.</translation>
    </message>
    <message>
        <source>This PC is not enrolled with the province yet. Everything done at the desk is saved on this PC and will be sent, in order, once it is enrolled.

To enrol: ask the province for a ticket, a file or a printed QR code, and press F9.</source>
        <translation>Máy này chưa đăng ký với tỉnh. Mọi việc ở quầy đều lưu trên máy và sẽ được gửi đúng thứ tự sau khi đăng ký.

Để đăng ký: xin tỉnh phiếu đăng ký máy (một tệp hoặc mã QR in trên giấy) rồi bấm F9.</translation>
    </message>
    <message>
        <source>This PC is not enrolled with the province.</source>
        <translation>Máy này chưa đăng ký với tỉnh.</translation>
    </message>
    <message>
        <source>Nothing needs you here now.</source>
        <translation>Hiện không có việc gì cần xử lý ở đây.</translation>
    </message>
    <message>
        <source>Whoever only looks does not pause the line.</source>
        <translation>Người chỉ xem không tạm dừng đường truyền.</translation>
    </message>
    <message>
        <source>Sending pauses. Let it go on first.</source>
        <translation>Đang tạm dừng gửi. Hãy cho gửi tiếp trước.</translation>
    </message>
    <message>
        <source>The practice desk never speaks to the province.</source>
        <translation>Quầy tập dùng thử không nối với tỉnh.</translation>
    </message>
    <message>
        <source>Only an administrator enrols this PC.</source>
        <translation>Chỉ quản trị đăng ký máy.</translation>
    </message>
    <message>
        <source>Asking the province now. You can go on working.</source>
        <translation>Máy đang liên lạc với tỉnh. Bạn cứ làm việc tiếp.</translation>
    </message>
    <message>
        <source>Type a whole number of megabytes, 0 for no limit.</source>
        <translation>Hãy gõ số MB nguyên, 0 là không giới hạn.</translation>
    </message>
    <message>
        <source>How scans use the line is saved.</source>
        <translation>Đã lưu cách gửi tệp quét.</translation>
    </message>
    <message>
        <source>Go on sending</source>
        <translation>Gửi tiếp</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Counter {number}</source>
        <translation>Quầy {number}</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Chế độ tập</translation>
    </message>
</context>
<context>
    <name>Trail</name>
    <message>
        <source>work on dossiers</source>
        <translation>việc với hồ sơ</translation>
    </message>
    <message>
        <source>looks</source>
        <translation>xem, tra cứu</translation>
    </message>
    <message>
        <source>prints, exports, what left the desk</source>
        <translation>in, xuất, đưa ra ngoài</translation>
    </message>
    <message>
        <source>logins and accounts</source>
        <translation>đăng nhập, tài khoản</translation>
    </message>
    <message>
        <source>settings and rules</source>
        <translation>thiết lập, quy định</translation>
    </message>
    <message>
        <source>The province&apos;s system</source>
        <translation>Hệ thống của tỉnh</translation>
    </message>
    <message>
        <source>The program itself</source>
        <translation>Chương trình tự làm</translation>
    </message>
    <message>
        <source>Word from the province</source>
        <translation>Tin từ tỉnh</translation>
    </message>
    <message>
        <source>Dossier received</source>
        <translation>Tiếp nhận hồ sơ</translation>
    </message>
    <message>
        <source>Older dossier entered</source>
        <translation>Nhập hồ sơ cũ</translation>
    </message>
    <message>
        <source>Dossier refused</source>
        <translation>Từ chối hồ sơ</translation>
    </message>
    <message>
        <source>Dossier corrected</source>
        <translation>Đính chính hồ sơ</translation>
    </message>
    <message>
        <source>Dossier changed</source>
        <translation>Cập nhật hồ sơ</translation>
    </message>
    <message>
        <source>Dossier handed over</source>
        <translation>Bàn giao hồ sơ</translation>
    </message>
    <message>
        <source>Dossier halted</source>
        <translation>Dừng giải quyết</translation>
    </message>
    <message>
        <source>Dossier withdrawn</source>
        <translation>Rút hồ sơ</translation>
    </message>
    <message>
        <source>Dossiers linked</source>
        <translation>Liên kết hồ sơ</translation>
    </message>
    <message>
        <source>Second code added</source>
        <translation>Thêm mã thứ hai</translation>
    </message>
    <message>
        <source>Dossier opened</source>
        <translation>Mở xem hồ sơ</translation>
    </message>
    <message>
        <source>Word of the province looked at</source>
        <translation>Đã xem yêu cầu của tỉnh</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Tìm hồ sơ</translation>
    </message>
    <message>
        <source>Both versions of a dossier looked at</source>
        <translation>Xem hai bản của hồ sơ</translation>
    </message>
    <message>
        <source>Dossiers exported</source>
        <translation>Xuất danh sách hồ sơ</translation>
    </message>
    <message>
        <source>Answer to a person about their data written</source>
        <translation>Đã ghi câu trả lời về dữ liệu cá nhân</translation>
    </message>
    <message>
        <source>File of older dossiers imported</source>
        <translation>Nhập tệp hồ sơ cũ</translation>
    </message>
    <message>
        <source>Earlier dossiers of a person offered</source>
        <translation>Gợi ý hồ sơ trước của một người</translation>
    </message>
    <message>
        <source>Identity number shown</source>
        <translation>Xem số định danh</translation>
    </message>
    <message>
        <source>Limit extended</source>
        <translation>Gia hạn</translation>
    </message>
    <message>
        <source>Papers asked for</source>
        <translation>Yêu cầu bổ sung</translation>
    </message>
    <message>
        <source>Papers brought</source>
        <translation>Nhận bổ sung</translation>
    </message>
    <message>
        <source>Step completed</source>
        <translation>Xong một bước</translation>
    </message>
    <message>
        <source>Result recorded</source>
        <translation>Ghi kết quả</translation>
    </message>
    <message>
        <source>Result returned</source>
        <translation>Trả kết quả</translation>
    </message>
    <message>
        <source>Result sent by post</source>
        <translation>Gửi kết quả qua bưu chính</translation>
    </message>
    <message>
        <source>Fee collected</source>
        <translation>Thu phí, lệ phí</translation>
    </message>
    <message>
        <source>Fee given back</source>
        <translation>Hoàn trả tiền</translation>
    </message>
    <message>
        <source>Note added</source>
        <translation>Thêm ghi chú</translation>
    </message>
    <message>
        <source>Rating recorded</source>
        <translation>Ghi đánh giá</translation>
    </message>
    <message>
        <source>Draft taken up</source>
        <translation>Lấy lại bản nháp</translation>
    </message>
    <message>
        <source>Paper made</source>
        <translation>Lập phiếu, giấy</translation>
    </message>
    <message>
        <source>Paper struck</source>
        <translation>Hủy phiếu, giấy</translation>
    </message>
    <message>
        <source>Paper opened</source>
        <translation>Mở xem phiếu, giấy</translation>
    </message>
    <message>
        <source>Print asked for</source>
        <translation>Yêu cầu in</translation>
    </message>
    <message>
        <source>Page of a register shown</source>
        <translation>Xem trang sổ</translation>
    </message>
    <message>
        <source>Register printed</source>
        <translation>In sổ</translation>
    </message>
    <message>
        <source>Register exported</source>
        <translation>Xuất sổ</translation>
    </message>
    <message>
        <source>Line of a register struck</source>
        <translation>Gạch dòng trong sổ</translation>
    </message>
    <message>
        <source>Volume of a register opened</source>
        <translation>Mở quyển sổ mới</translation>
    </message>
    <message>
        <source>Year of a register closed</source>
        <translation>Khóa sổ năm</translation>
    </message>
    <message>
        <source>Certified requests shown</source>
        <translation>Xem các lượt chứng thực</translation>
    </message>
    <message>
        <source>Stamp lines printed</source>
        <translation>In lời chứng</translation>
    </message>
    <message>
        <source>Signing list printed</source>
        <translation>In danh sách ký</translation>
    </message>
    <message>
        <source>Day&apos;s money counted</source>
        <translation>Kiểm tiền cuối ngày</translation>
    </message>
    <message>
        <source>Transfer matched</source>
        <translation>Khớp một khoản chuyển</translation>
    </message>
    <message>
        <source>Dossiers of a figure opened</source>
        <translation>Mở hồ sơ của một số liệu</translation>
    </message>
    <message>
        <source>Report exported</source>
        <translation>Xuất báo cáo</translation>
    </message>
    <message>
        <source>Report frozen</source>
        <translation>Chốt báo cáo</translation>
    </message>
    <message>
        <source>Report compared</source>
        <translation>So báo cáo đã chốt</translation>
    </message>
    <message>
        <source>Settings of reports changed</source>
        <translation>Đổi thiết lập báo cáo</translation>
    </message>
    <message>
        <source>Messages to citizens shown</source>
        <translation>Xem tin báo</translation>
    </message>
    <message>
        <source>Call list made</source>
        <translation>Lập danh sách gọi</translation>
    </message>
    <message>
        <source>Messages given to the province</source>
        <translation>Giao tin báo cho tỉnh</translation>
    </message>
    <message>
        <source>Settings of messages changed</source>
        <translation>Đổi thiết lập tin báo</translation>
    </message>
    <message>
        <source>Message to a citizen queued</source>
        <translation>Xếp tin báo vào hàng chờ</translation>
    </message>
    <message>
        <source>Citizen called</source>
        <translation>Gọi báo cho người dân</translation>
    </message>
    <message>
        <source>Reminders to citizens queued</source>
        <translation>Xếp tin nhắc vào hàng chờ</translation>
    </message>
    <message>
        <source>Message to a citizen taken back</source>
        <translation>Rút tin báo</translation>
    </message>
    <message>
        <source>Message to a citizen called off by a later act</source>
        <translation>Bỏ tin báo không còn đúng</translation>
    </message>
    <message>
        <source>Complaint recorded</source>
        <translation>Ghi phản ánh</translation>
    </message>
    <message>
        <source>Complaint answered</source>
        <translation>Trả lời phản ánh</translation>
    </message>
    <message>
        <source>Complaints shown</source>
        <translation>Xem phản ánh</translation>
    </message>
    <message>
        <source>What is to be typed twice shown</source>
        <translation>Xem danh sách nhập sang phần mềm bộ</translation>
    </message>
    <message>
        <source>Fields handed to a ministry&apos;s program</source>
        <translation>Chép trường sang phần mềm bộ</translation>
    </message>
    <message>
        <source>File for a ministry&apos;s program written</source>
        <translation>Xuất tệp cho phần mềm bộ</translation>
    </message>
    <message>
        <source>Dossier is to be typed twice</source>
        <translation>Thêm hồ sơ cần nhập sang phần mềm bộ</translation>
    </message>
    <message>
        <source>Typed into a ministry&apos;s program</source>
        <translation>Nhập xong sang phần mềm bộ</translation>
    </message>
    <message>
        <source>Need not be typed twice</source>
        <translation>Bỏ hồ sơ không cần nhập sang phần mềm bộ</translation>
    </message>
    <message>
        <source>Scanned papers listed</source>
        <translation>Xem danh sách giấy tờ số hóa</translation>
    </message>
    <message>
        <source>Earlier scanned papers of a person offered</source>
        <translation>Gợi ý giấy tờ số hóa trước đây của một người</translation>
    </message>
    <message>
        <source>Scanned paper opened</source>
        <translation>Mở xem giấy đã quét</translation>
    </message>
    <message>
        <source>Scanned paper destroyed</source>
        <translation>Hủy giấy đã quét</translation>
    </message>
    <message>
        <source>Words of a scanned paper read</source>
        <translation>Đọc chữ trên giấy tờ đã quét</translation>
    </message>
    <message>
        <source>List of scanned papers written</source>
        <translation>Ghi danh mục giấy tờ đã quét</translation>
    </message>
    <message>
        <source>Scanned paper signed</source>
        <translation>Ký số giấy tờ đã quét</translation>
    </message>
    <message>
        <source>Signatures of a scanned paper looked at</source>
        <translation>Xem chữ ký số của giấy tờ đã quét</translation>
    </message>
    <message>
        <source>Words of a scanned paper to be read again</source>
        <translation>Yêu cầu đọc lại chữ trên giấy tờ đã quét</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <source>Screen unlocked</source>
        <translation>Mở khóa màn hình</translation>
    </message>
    <message>
        <source>Agreed as the second person</source>
        <translation>Đồng ý với tư cách người thứ hai</translation>
    </message>
    <message>
        <source>Locked out after wrong passwords</source>
        <translation>Tạm khóa do sai mật khẩu</translation>
    </message>
    <message>
        <source>Person added</source>
        <translation>Thêm người dùng</translation>
    </message>
    <message>
        <source>Person changed</source>
        <translation>Sửa người dùng</translation>
    </message>
    <message>
        <source>Account closed</source>
        <translation>Khóa tài khoản</translation>
    </message>
    <message>
        <source>Account opened again</source>
        <translation>Mở lại tài khoản</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>Đổi mật khẩu</translation>
    </message>
    <message>
        <source>New password given</source>
        <translation>Cấp mật khẩu mới</translation>
    </message>
    <message>
        <source>Desk set up</source>
        <translation>Cài đặt quầy</translation>
    </message>
    <message>
        <source>Settings of the desk changed</source>
        <translation>Đổi thiết lập quầy</translation>
    </message>
    <message>
        <source>Desk restored from a copy</source>
        <translation>Khôi phục quầy từ bản sao lưu</translation>
    </message>
    <message>
        <source>Copy of the desk made</source>
        <translation>Sao lưu dữ liệu quầy</translation>
    </message>
    <message>
        <source>Places of copies set</source>
        <translation>Đặt nơi sao lưu</translation>
    </message>
    <message>
        <source>New version prepared</source>
        <translation>Chuẩn bị bản mới</translation>
    </message>
    <message>
        <source>Updates set</source>
        <translation>Đặt nơi cập nhật</translation>
    </message>
    <message>
        <source>Gone back to the version before</source>
        <translation>Quay lại bản trước</translation>
    </message>
    <message>
        <source>Rules of appointments changed</source>
        <translation>Đổi cách tính ngày hẹn</translation>
    </message>
    <message>
        <source>Units, signers or steps changed</source>
        <translation>Đổi bộ phận, người ký, quy trình</translation>
    </message>
    <message>
        <source>Words of testimonies changed</source>
        <translation>Đổi lời chứng</translation>
    </message>
    <message>
        <source>Catalogue of the province put in place</source>
        <translation>Đã dùng danh mục của tỉnh</translation>
    </message>
    <message>
        <source>Catalogue imported</source>
        <translation>Nhập danh mục</translation>
    </message>
    <message>
        <source>Catalogue put into force</source>
        <translation>Áp dụng danh mục</translation>
    </message>
    <message>
        <source>Limit or fee set by the commune</source>
        <translation>Xã đặt lại thời hạn, mức thu</translation>
    </message>
    <message>
        <source>Calendar imported</source>
        <translation>Nhập lịch</translation>
    </message>
    <message>
        <source>Newest number vouched for</source>
        <translation>Xác nhận số mới nhất</translation>
    </message>
    <message>
        <source>New epoch of this counter begun</source>
        <translation>Quầy bắt đầu chuỗi ghi mới</translation>
    </message>
    <message>
        <source>Line to the province set</source>
        <translation>Đổi cách dùng đường truyền với tỉnh</translation>
    </message>
    <message>
        <source>Scan sent to the province again</source>
        <translation>Gửi lại tệp quét lên tỉnh</translation>
    </message>
    <message>
        <source>PC enrolled with the province</source>
        <translation>Đăng ký máy với tỉnh</translation>
    </message>
    <message>
        <source>Serials lent by the province taken over</source>
        <translation>Nhận dải số tỉnh cấp</translation>
    </message>
    <message>
        <source>Compared with the province</source>
        <translation>Đối soát với tỉnh</translation>
    </message>
    <message>
        <source>Scanners changed</source>
        <translation>Đổi máy quét</translation>
    </message>
    <message>
        <source>Audit trail read</source>
        <translation>Xem nhật ký</translation>
    </message>
    <message>
        <source>Library of the token chosen</source>
        <translation>Chọn thư viện của thiết bị ký số</translation>
    </message>
    <message>
        <source>Issuer of certificates trusted</source>
        <translation>Thêm nơi cấp chứng thư tin cậy</translation>
    </message>
    <message>
        <source>Issuer of certificates trusted no longer</source>
        <translation>Bỏ nơi cấp chứng thư tin cậy</translation>
    </message>
    <message>
        <source>Random sample drawn</source>
        <translation>Rút mẫu ngẫu nhiên</translation>
    </message>
</context>
<context>
    <name>TrailDialog</name>
    <message>
        <source>everybody</source>
        <translation>mọi người</translation>
    </message>
    <message>
        <source>all kinds</source>
        <translation>mọi loại</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Nhật ký truy vết</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>Từ ngày</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>Đến ngày</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Người</translation>
    </message>
    <message>
        <source>Kind of act</source>
        <translation>Loại việc</translation>
    </message>
    <message>
        <source>Code of a dossier</source>
        <translation>Mã hồ sơ</translation>
    </message>
    <message>
        <source>Nothing on the trail fits.</source>
        <translation>Không có việc nào phù hợp.</translation>
    </message>
    <message>
        <source>Draw a sample…</source>
        <translation>Rút mẫu ngẫu nhiên…</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Xem</translation>
    </message>
    <message>
        <source>{count} acts. This look is on the trail too.</source>
        <translation>{count} việc. Lần xem này cũng được ghi vào nhật ký.</translation>
    </message>
    <message>
        <source>The newest {shown} of {count} acts. This look is on the trail too.</source>
        <translation>{shown} việc mới nhất trong {count} việc. Lần xem này cũng được ghi vào nhật ký.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Lúc</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Ai</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Việc</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
</context>
<context>
    <name>TypingListDialog</name>
    <message>
        <source>To be typed into ministries&apos; programs</source>
        <translation>Chờ nhập vào phần mềm của bộ, ngành</translation>
    </message>
    <message>
        <source>Everything is typed. New dossiers of these procedures come here by themselves.</source>
        <translation>Đã nhập hết. Hồ sơ mới của các thủ tục này sẽ tự vào đây.</translation>
    </message>
    <message>
        <source>Type it</source>
        <translation>Nhập hồ sơ này</translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation>Không cần nhập</translation>
    </message>
    <message>
        <source>As a file…</source>
        <translation>Xuất tệp…</translation>
    </message>
    <message>
        <source>Read the numbers…</source>
        <translation>Đọc tệp số hồ sơ…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>{count} dossiers are in the file. They stay here until their numbers are read.</source>
        <translation>Đã ghi {count} hồ sơ vào tệp. Hồ sơ còn ở đây cho đến khi đọc lại số của phần mềm kia.</translation>
    </message>
    <message>
        <source>{count} dossiers have their number.</source>
        <translation>Đã ghi số cho {count} hồ sơ.</translation>
    </message>
    <message>
        <source>Not on the list: {codes}.</source>
        <translation>Không có trong danh sách: {codes}.</translation>
    </message>
    <message>
        <source>Their number can not be taken: {codes}.</source>
        <translation>Chưa ghi được số của: {codes}.</translation>
    </message>
    <message>
        <source>Dossier</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Người nộp</translation>
    </message>
    <message>
        <source>Procedure and program</source>
        <translation>Thủ tục, phần mềm</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Hẹn trả</translation>
    </message>
</context>
<context>
    <name>TypingPanel</name>
    <message>
        <source>Type {code}</source>
        <translation>Nhập {code}</translation>
    </message>
    <message>
        <source>Next field</source>
        <translation>Ô tiếp theo</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>The clipboard is empty.</source>
        <translation>Bộ nhớ tạm đã được xóa.</translation>
    </message>
    <message>
        <source>Number in that program (may stay empty)</source>
        <translation>Số hồ sơ ở phần mềm đó (có thể để trống)</translation>
    </message>
    <message>
        <source>It is typed</source>
        <translation>Đã nhập xong</translation>
    </message>
    <message>
        <source>Field {number} of {count}</source>
        <translation>Ô {number}/{count}</translation>
    </message>
    <message>
        <source>Everything was handed over</source>
        <translation>Đã chuyển hết các ô</translation>
    </message>
    <message>
        <source>Click into the first field there, then press F8 here.</source>
        <translation>Bấm vào ô đầu tiên ở phần mềm kia, rồi bấm F8 ở đây.</translation>
    </message>
    <message>
        <source>On the clipboard: paste with Ctrl+V. Next: {label}</source>
        <translation>Đã chép: dán bằng Ctrl+V. Tiếp theo: {label}</translation>
    </message>
</context>
<context>
    <name>UpdateDialog</name>
    <message>
        <source>Choose a file…</source>
        <translation>Chọn tệp…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Choose a file first.</source>
        <translation>Hãy chọn tệp trước.</translation>
    </message>
    <message>
        <source>You can look at what a file would change. Only an administrator puts it in force.</source>
        <translation>Bạn xem được tệp sẽ thay đổi gì. Chỉ quản trị được đưa vào áp dụng.</translation>
    </message>
    <message>
        <source>Only an administrator changes the rules.</source>
        <translation>Chỉ quản trị được thay đổi danh mục và lịch.</translation>
    </message>
</context>
<context>
    <name>UpdatingSection</name>
    <message>
        <source>A new version is laid out beside the one in use, checked file by file, and used from the next start on. If it does not open, the program goes back to this one by itself. The desk&apos;s data is never touched before there is a copy of it.</source>
        <translation>Bản mới được đặt bên cạnh bản đang dùng, kiểm tra từng tệp và chỉ được dùng từ lần mở sau. Nếu bản mới không mở được, chương trình tự quay lại bản này. Dữ liệu của quầy chỉ được nâng cấp sau khi đã có bản sao.</translation>
    </message>
    <message>
        <source>Look for a new version</source>
        <translation>Tìm bản mới</translation>
    </message>
    <message>
        <source>Fetch and prepare</source>
        <translation>Tải và chuẩn bị</translation>
    </message>
    <message>
        <source>From a USB stick…</source>
        <translation>Từ USB…</translation>
    </message>
    <message>
        <source>Go back…</source>
        <translation>Quay lại bản trước…</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Các phiên bản</translation>
    </message>
    <message>
        <source>Prepare new versions without being asked</source>
        <translation>Tự chuẩn bị bản mới, không cần hỏi</translation>
    </message>
    <message>
        <source>Address of updates</source>
        <translation>Địa chỉ cập nhật</translation>
    </message>
    <message>
        <source>From the province, such as https://…; empty: by USB stick only.</source>
        <translation>Do tỉnh cung cấp, dạng https://…; để trống: chỉ cập nhật bằng USB.</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Tự động</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Cập nhật</translation>
    </message>
    <message>
        <source>Only an administrator sees to the program.</source>
        <translation>Chỉ quản trị viên lo việc cập nhật chương trình.</translation>
    </message>
    <message>
        <source>An update is under way.</source>
        <translation>Đang cập nhật.</translation>
    </message>
    <message>
        <source>Look for a new version first.</source>
        <translation>Hãy tìm bản mới trước.</translation>
    </message>
    <message>
        <source>There is no version to go back to.</source>
        <translation>Không có bản nào để quay lại.</translation>
    </message>
    <message>
        <source>Enter the address of updates first, or use a USB stick.</source>
        <translation>Hãy nhập địa chỉ cập nhật trước, hoặc dùng USB.</translation>
    </message>
    <message>
        <source>Asking the address…</source>
        <translation>Đang hỏi địa chỉ cập nhật…</translation>
    </message>
    <message>
        <source>Folder on the stick</source>
        <translation>Thư mục trên USB</translation>
    </message>
    <message>
        <source>From the next start on the program is the version {version} again. The data stays as it is.</source>
        <translation>Từ lần mở sau, chương trình dùng lại bản {version}. Dữ liệu giữ nguyên.</translation>
    </message>
    <message>
        <source>Go back to the version before</source>
        <translation>Quay lại bản trước</translation>
    </message>
    <message>
        <source>Fetching and checking…</source>
        <translation>Đang tải và kiểm tra…</translation>
    </message>
    <message>
        <source>There is a new version: {version}</source>
        <translation>Có bản mới: {version}</translation>
    </message>
    <message>
        <source>Nothing newer</source>
        <translation>Chưa có bản mới hơn</translation>
    </message>
    <message>
        <source>Forms and books {version} are in place; the next start uses them.</source>
        <translation>Mẫu và sổ bản {version} đã vào chỗ; dùng từ lần mở sau.</translation>
    </message>
    <message>
        <source>Version {version} is prepared. It is used once this window was closed.</source>
        <translation>Đã chuẩn bị bản {version}. Bản này được dùng sau khi đóng cửa sổ.</translation>
    </message>
    <message>
        <source>The next start is version {version} again.</source>
        <translation>Lần mở sau chương trình dùng lại bản {version}.</translation>
    </message>
    <message>
        <source>The settings of updates were saved.</source>
        <translation>Đã lưu thiết lập cập nhật.</translation>
    </message>
    <message>
        <source>Fetch anyway?</source>
        <translation>Vẫn tải?</translation>
    </message>
    <message>
        <source>Fetch anyway</source>
        <translation>Vẫn tải</translation>
    </message>
</context>
<context>
    <name>UseSheet</name>
    <message>
        <source>Scans on the line</source>
        <translation>Tệp quét trên đường truyền</translation>
    </message>
    <message>
        <source>The line is metered: scans wait</source>
        <translation>Đường truyền tính tiền: tệp quét chờ</translation>
    </message>
    <message>
        <source>MB a day (0: no limit)</source>
        <translation>MB mỗi ngày (0: không giới hạn)</translation>
    </message>
    <message>
        <source>Facts of dossiers always go first; only an administrator changes this.</source>
        <translation>Dữ liệu hồ sơ luôn gửi trước; chỉ quản trị được đổi mục này.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
</context>
<context>
    <name>UserMenu</name>
    <message>
        <source>Looks and language</source>
        <translation>Giao diện và ngôn ngữ</translation>
    </message>
</context>
<context>
    <name>Verbs</name>
    <message>
        <source>Your role reads dossiers and changes nothing.</source>
        <translation>Vai trò của bạn chỉ xem hồ sơ, không thay đổi được.</translation>
    </message>
    <message>
        <source>Entered from older records: there is no slip of this desk.</source>
        <translation>Nhập từ hồ sơ cũ: quầy này chưa in giấy hẹn.</translation>
    </message>
    <message>
        <source>No identity number was recorded.</source>
        <translation>Hồ sơ không ghi số định danh.</translation>
    </message>
    <message>
        <source>register, appointment, slip</source>
        <translation>vào sổ, ngày hẹn, giấy tiếp nhận</translation>
    </message>
    <message>
        <source>as the province decided, with this desk&apos;s number</source>
        <translation>theo quyết định của tỉnh, lấy số của quầy</translation>
    </message>
    <message>
        <source>number and date of the paper</source>
        <translation>số và ngày của giấy kết quả</translation>
    </message>
    <message>
        <source>received, decided, signed and returned in one go</source>
        <translation>ký và trả ngay, 4 tại chỗ</translation>
    </message>
    <message>
        <source>by decision, with form 05</source>
        <translation>theo quyết định, in mẫu 05</translation>
    </message>
    <message>
        <source>the papers were not brought in time: a person decides</source>
        <translation>quá hạn bổ sung: dừng giải quyết?</translation>
    </message>
    <message>
        <source>in writing, with form 03</source>
        <translation>bằng văn bản, in mẫu 03</translation>
    </message>
    <message>
        <source>because the applicant wants so, form 05</source>
        <translation>theo ý người nộp, in mẫu 05</translation>
    </message>
    <message>
        <source>the appointment is counted anew</source>
        <translation>tính lại ngày hẹn</translation>
    </message>
    <message>
        <source>ends the dossier</source>
        <translation>kết thúc hồ sơ</translation>
    </message>
    <message>
        <source>what the citizen thought</source>
        <translation>ý kiến của người dân</translation>
    </message>
    <message>
        <source>the code that a ministry&apos;s program gave</source>
        <translation>mã do phần mềm bộ, ngành cấp</translation>
    </message>
    <message>
        <source>open, print again, strike</source>
        <translation>mở, in lại, gạch bỏ</translation>
    </message>
    <message>
        <source>stays with the dossier</source>
        <translation>lưu cùng hồ sơ</translation>
    </message>
    <message>
        <source>the same content, marked as a reprint</source>
        <translation>cùng nội dung, ghi rõ là in lại</translation>
    </message>
    <message>
        <source>the look is recorded</source>
        <translation>lần xem được ghi lại</translation>
    </message>
    <message>
        <source>{amount} is owed</source>
        <translation>còn phải thu {amount}</translation>
    </message>
    <message>
        <source>nothing is owed; another fee can be named</source>
        <translation>không nợ; có thể thu khoản khác</translation>
    </message>
    <message>
        <source>{amount} was paid</source>
        <translation>đã thu {amount}</translation>
    </message>
    <message>
        <source>handed over: asked of the province</source>
        <translation>đã bàn giao: gửi tỉnh đề nghị</translation>
    </message>
    <message>
        <source>a corrected slip takes the place of the first</source>
        <translation>in giấy hẹn mới thay giấy cũ</translation>
    </message>
    <message>
        <source>the second time: it counts as late</source>
        <translation>lần thứ hai: bị tính là chậm</translation>
    </message>
    <message>
        <source>once and in full; time stands still</source>
        <translation>một lần, đủ hết; tạm dừng thời gian</translation>
    </message>
    <message>
        <source>dossiers that belong together</source>
        <translation>các hồ sơ làm cùng nhau</translation>
    </message>
    <message>
        <source>only once, until the end of {day}</source>
        <translation>chỉ một lần, trước hết {day}</translation>
    </message>
    <message>
        <source>the paper is with {who}</source>
        <translation>hồ sơ đang ở {who}</translation>
    </message>
    <message>
        <source>control sheet and list are printed</source>
        <translation>in phiếu kiểm soát và phiếu bàn giao</translation>
    </message>
    <message>
        <source>who collects, what comes back, who signs</source>
        <translation>người nhận, giấy thu lại, ký nhận</translation>
    </message>
    <message>
        <source>the applicant wanted to collect it</source>
        <translation>người nộp đăng ký nhận tại quầy</translation>
    </message>
</context>
<context>
    <name>VersionKeeper</name>
    <message>
        <source>Version {version} is prepared. It is used once this window was closed.</source>
        <translation>Đã chuẩn bị bản {version}. Bản này được dùng sau khi đóng cửa sổ.</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>in use</source>
        <translation>đang dùng</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Đang dùng</translation>
    </message>
    <message>
        <source>to be known</source>
        <translation>cần biết</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Cập nhật</translation>
    </message>
    <message>
        <source>Newer forms and books</source>
        <translation>Mẫu và sổ mới hơn</translation>
    </message>
    <message>
        <source>{version}: takes the place of the one in use when this window is closed.</source>
        <translation>{version}: thay bản đang dùng khi đóng cửa sổ này.</translation>
    </message>
    <message>
        <source>prepared</source>
        <translation>đã chuẩn bị</translation>
    </message>
    <message>
        <source>Prepared</source>
        <translation>Đã chuẩn bị</translation>
    </message>
    <message>
        <source>new</source>
        <translation>mới</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>Bản mới</translation>
    </message>
    <message>
        <source>{version} is kept; it is possible to go back to it.</source>
        <translation>Vẫn giữ bản {version}; có thể quay lại.</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>còn giữ</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>Bản trước</translation>
    </message>
    <message>
        <source>{version} of {day}</source>
        <translation>{version} (ngày {day})</translation>
    </message>
</context>
<context>
    <name>VisitLines</name>
    <message>
        <source>Lines to certify</source>
        <translation>Các dòng chứng thực</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>yesterday</source>
        <translation>hôm qua</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} ngày</translation>
    </message>
    <message>
        <source>today</source>
        <translation>hôm nay</translation>
    </message>
</context>
<context>
    <name>WaitingList</name>
    <message>
        <source>Waiting to be collected</source>
        <translation>Chờ trả</translation>
    </message>
    <message>
        <source>How the result goes back</source>
        <translation>Cách nhận kết quả</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>Tại quầy</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Bưu chính</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <source>No result waits here.</source>
        <translation>Không có kết quả nào chờ ở đây.</translation>
    </message>
    <message>
        <source>{count} results</source>
        <translation>{count} kết quả</translation>
    </message>
    <message>
        <source>{count} wait for more than {days} days</source>
        <translation>{count} kết quả chờ quá {days} ngày</translation>
    </message>
</context>
<context>
    <name>YearView</name>
    <message>
        <source>Calendar {year}, {count} counting days</source>
        <translation>Lịch năm {year}, {count} ngày tính thời hạn</translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message>
        <source>Public Administration Service Centre</source>
        <translation>Trung tâm Phục vụ hành chính công</translation>
    </message>
    <message>
        <source>Closed today</source>
        <translation>Hôm nay nghỉ</translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation>{start} đến {end}</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>Cán bộ một cửa</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Lãnh đạo</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Quản trị</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Kiểm tra</translation>
    </message>
    <message>
        <source>{due} dossiers due today, {overdue} overdue</source>
        <translation>{due} hồ sơ hẹn trả hôm nay, {overdue} hồ sơ quá hạn</translation>
    </message>
    <message>
        <source>{day} closed: {name}</source>
        <translation>{day} nghỉ: {name}</translation>
    </message>
    <message>
        <source>The data of this PC was opened at {time}</source>
        <translation>Dữ liệu trên máy đã mở lúc {time}</translation>
    </message>
</context>
</TS>
