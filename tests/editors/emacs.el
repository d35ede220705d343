;;; What somebody does in Emacs with eglot, and what is to be seen then, as one line of JSON:
;;; emacs -q --batch --load emacs.el CONFIGURATION MANIFEST STEP...   -*- lexical-binding: t -*-

(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)

(package-activate-all)  ; which Emacs leaves out where nobody sits in front of it
(setq make-backup-files nil
      eglot-autoshutdown t)

(defun wait-for (what found)
  "The value of the function FOUND, once it has one."
  (let ((end (+ (float-time) 60)) result)
    (while (not (setq result (funcall found)))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))
    result))

(defun go-to (words into)
  "Put the cursor INTO characters behind the beginning of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (+ (match-beginning 0) into)))

(defun finding (each)
  (let ((start (flymake-diagnostic-beg each)))
    `((text . ,(flymake-diagnostic-text each))
      (line . ,(1- (line-number-at-pos start)))
      (words . ,(buffer-substring start (flymake-diagnostic-end each))))))

(defun step-diagnostics ()
  (wait-for "findings" #'flymake-diagnostics)
  (vconcat (mapcar #'finding (flymake-diagnostics))))

(defun step-hover ()
  (go-to "target_container" 2)
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (substring-no-properties (wait-for "hover" (lambda () shown)))))

(defun step-fix ()
  (go-to "source_volume: upload" (length "source_volume: u"))
  (cl-letf (((symbol-function 'completing-read) (lambda (&rest given) (car (last given))))
            (last-nonmenu-event ?x))  ; a key, so no menu is popped up
    (call-interactively #'eglot-code-actions))
  (buffer-string))

(defun step-completion ()
  (go-to "target_container: nginz" (length "target_container: "))
  (delete-region (point) (line-end-position))
  (pcase-let ((`(,_ ,end ,table . ,_) (eglot-completion-at-point)))
    (let ((labels (all-completions "" table)))
      (goto-char end)
      (insert "nginx")
      (eglot--signal-textDocument/didChange)
      (vconcat (mapcar #'substring-no-properties labels)))))

(defun step-rename ()
  (go-to "target_container: nginx" (length "target_container: n"))
  (eglot-rename "proxy")
  (buffer-string))

(let ((configuration (pop command-line-args-left))
      (manifest (pop command-line-args-left))
      seen)
  (load (expand-file-name configuration) nil t)
  (find-file manifest)
  (run-hooks 'post-command-hook)
  (wait-for "the server" #'eglot-managed-p)
  (while command-line-args-left
    (let ((name (pop command-line-args-left)))
      (push (cons (intern name) (funcall (intern (concat "step-" name)))) seen)))
  (princ (concat (json-encode seen) "\n"))
  (set-buffer-modified-p nil)
  (kill-emacs 0))
