// Mantine's looks on the router's links: right click, middle click and keyboard work as on any link.
import { Anchor, Button, type AnchorProps, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type Native = { ref?: Ref<HTMLAnchorElement> };

type ButtonLinkProps = Omit<ButtonProps, "href"> & Native & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;
export const ButtonLink = createLink(({ ref, ...props }: ButtonLinkProps) => <Button component="a" ref={ref} {...props} />);

type TextLinkProps = Omit<AnchorProps, "href"> & Native & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps>;
export const TextLink = createLink(({ ref, ...props }: TextLinkProps) => <Anchor ref={ref} underline="always" {...props} />);
