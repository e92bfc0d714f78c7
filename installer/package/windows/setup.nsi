; The set-up program: for the one who runs it, without an administrator's rights. /S installs silently, /D=FOLDER elsewhere.
; Defines given: VERSION, NUMBERS, SOURCE (a folder as it shall stand), OUT, ICON, COMPRESSION.
Unicode true
Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID ${COMPRESSION}
Name "Quầy Một Cửa"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\QuayMotCua"
InstallDirRegKey HKCU "Software\QuayMotCua" "Folder"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1066 "ProductName" "Quầy Một Cửa"
VIAddVersionKey /LANG=1066 "FileDescription" "Bộ cài Quầy Một Cửa"
VIAddVersionKey /LANG=1066 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "LegalCopyright" "MIT"
!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\quay-mot-cua.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Mở Quầy Một Cửa"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!define GONE "Software\Microsoft\Windows\CurrentVersion\Uninstall\QuayMotCua"

Function .onInit
  ${If} ${RunningX64}
  ${AndIf} ${AtLeastWin10}
  ${Else}
    MessageBox MB_ICONSTOP "Cần Windows 10 hoặc mới hơn, bản 64 bit." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
FunctionEnd

Section
  ; A window that is open holds its files: it must be closed by whoever works in it, never from here.
  IfFileExists "$INSTDIR\versions\${VERSION}\pythonw.exe" 0 free
    ClearErrors
    FileOpen $0 "$INSTDIR\versions\${VERSION}\pythonw.exe" a
    IfErrors 0 +4
      MessageBox MB_ICONSTOP "Quầy Một Cửa đang mở. Hãy đóng chương trình rồi chạy lại bộ cài." /SD IDOK
      SetErrorLevel 5
      Quit
    FileClose $0
  free:
  SetOutPath "$INSTDIR"
  IfFileExists "$INSTDIR\current" 0 +3
    Delete "$INSTDIR\previous"
    Rename "$INSTDIR\current" "$INSTDIR\previous"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Quầy Một Cửa.lnk" "$INSTDIR\quay-mot-cua.exe"
  CreateShortcut "$DESKTOP\Quầy Một Cửa.lnk" "$INSTDIR\quay-mot-cua.exe"
  WriteRegStr HKCU "Software\QuayMotCua" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${GONE}" "DisplayName" "Quầy Một Cửa"
  WriteRegStr HKCU "${GONE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${GONE}" "Publisher" "Quầy Một Cửa"
  WriteRegStr HKCU "${GONE}" "DisplayIcon" "$INSTDIR\quay-mot-cua.exe"
  WriteRegStr HKCU "${GONE}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${GONE}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${GONE}" "NoModify" 1
  WriteRegDWORD HKCU "${GONE}" "NoRepair" 1
SectionEnd

; The data of the desk lies elsewhere (%LOCALAPPDATA%\QuayMotCua) and stays.
Section "Uninstall"
  RMDir /r "$INSTDIR\versions"
  Delete "$INSTDIR\quay-mot-cua.exe"
  Delete "$INSTDIR\counter.exe"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\previous"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Quầy Một Cửa.lnk"
  Delete "$DESKTOP\Quầy Một Cửa.lnk"
  DeleteRegKey HKCU "${GONE}"
  DeleteRegKey HKCU "Software\QuayMotCua"
SectionEnd
